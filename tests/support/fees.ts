import { handler } from '../../functions/registration/fees.ts';
import { admin, call, type Identity, type Received } from './call.ts';

/** What a call is made with, beside its body. */
interface Sent {
  readonly as?: Identity;
  /** An `Idempotency-Key`. */
  readonly key?: string;
}

const post = (path: string, body: unknown, { as = admin, key }: Sent = {}): Promise<Received> =>
  call(handler, `POST ${path}`, { as, body, headers: key ? { 'Idempotency-Key': key } : {} });

/** School fees of a year in two instalments, where nothing else is said; due long after everybody’s enrolment. */
export const SCHOOL_FEES = {
  label: 'Scolarité',
  year: '2090-2091',
  currency: 'XOF',
  instalments: [
    { amount: 60_000, due_on: '2090-10-05' },
    { amount: 40_000, due_on: '2091-01-05' },
  ],
};

/** Charges a fee; {@link SCHOOL_FEES} but for what is said. */
export const charge = (fee: object, sent?: Sent): Promise<Received> => post('/fees', { ...SCHOOL_FEES, ...fee }, sent);

export const pay = (id: number, body?: unknown, sent?: Sent): Promise<Received> => post(`/pay/${id}`, body, sent);

export const waive = (id: number, waiver: object, sent?: Sent): Promise<Received> =>
  post(`/students/${id}/waivers`, { reason: 'Fratrie', ...waiver }, sent);

export const reverse = (id: number, payment: string, sent?: Sent): Promise<Received> =>
  post(`/students/${id}/payments/${payment}/reverse`, { reason: 'Saisi deux fois' }, sent);

/** The ledger of a student. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
export const ledgerOf = async (id: number, as: Identity = admin): Promise<any> =>
  (await call(handler, `GET /students/${id}/payments`, { as })).body;

export const receipt = (id: number, payment: string, as: Identity = admin): Promise<Received> =>
  call(handler, `GET /students/${id}/payments/${payment}/receipt`, { as });

/** A page of those who owe. @param query `class_name=3B&on=2090-10-05` */
export const due = (query = '', as: Identity = admin): Promise<Received> =>
  call(handler, `GET /fees/due?${encodeURI(query)}`, { as });

/** The fee of a ledger by its label. @throws where it has none */
export async function feeOf(id: number, label = SCHOOL_FEES.label): Promise<string> {
  const found = (await ledgerOf(id)).fees.find((fee: { label?: string }) => fee.label === label);
  if (!found) throw new Error(`no fee called ${label}`);
  return found.id;
}
