import { bill, calling, total, type Usage } from '../../deploy/cost/bill.ts';

const MILLION = 1_000_000;

/** X-Ray traces so much of what comes beyond the first call of a second. */
const TRACED = 0.05;

/** What a call of an operation takes. */
export interface Taken {
  readonly reads: number;
  readonly writes: number;
  /** How many calls of the API its context makes for it. */
  readonly asked: number;
}

const dollars = (usage: Usage): number => total(bill(usage), 'list');

/** Dollars, by the list, for a million calls: the gateway, the authorizer and the handler, their log, and DynamoDB. */
export function perMillion({ reads, writes, asked }: Taken): number {
  const calls = MILLION * (1 + asked);
  const usage = calling(calls);
  return dollars({ ...usage, reads: MILLION * reads, writes: MILLION * writes, traces: calls * TRACED });
}

/** The least of the list for a million calls: each passes the gateway and sets off one function, and takes these units. */
export const floor = ({ reads, writes }: Pick<Taken, 'reads' | 'writes'>): number =>
  dollars({ calls: MILLION, invocations: MILLION, reads: MILLION * reads, writes: MILLION * writes });
