import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { hiddenFields, toHandler, Visitor } from '../../tests/support/visitor.ts';
import type { shownTo } from './pages/card.ts';
import { lineOf } from './pages/sheets.ts';
import { handler } from './portal.ts';

let services: PeerStub;
beforeAll(async () => {
  services = await startPeer();
});
afterAll(() => services.stop());

const saying = servicesSaying('Awa');
const table = { ...saying, 'GET /classes/4eB': { ...(saying['GET /classes/4eB'] as object), class_name: '4eB' } };
let sent: { method: string | undefined; url: string | undefined; body: unknown }[];

/** Answers as the table says, and remembers what it was sent where it is to change something. */
const behave = (more: Readonly<Record<string, unknown>> = {}) => {
  const answer = answering({ ...table, ...more });
  const heard = async ({ method, url }: IncomingMessage, body: string) => {
    if (method !== 'GET') sent.push({ method, url, body: JSON.parse(body || 'null') });
  };
  services.behave((request: IncomingMessage, response: ServerResponse) => {
    void text(request)
      .then((body) => heard(request, body))
      .then(() => answer(request, response));
  });
};
beforeEach(() => {
  sent = [];
  behave();
});

async function signedIn(role: string): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler), { forms: { 'Sec-Fetch-Site': 'same-origin' } });
  visitor.jar.set('__Host-campus-access', `${role}~${await accessToken('victor')}`);
  return visitor;
}

describe('the sheets of a council', () => {
  const path = '/portal/classes/4eB/council';

  test('a cell that is emptied takes away, and a number that is none is not sent', () => {
    expect(lineOf({ remark: ' Bien. ', mention: '', absences_excused: '2,5', late: '3' })).toEqual({
      ...{ remark: 'Bien.', mention: null, conduct: null, decision: null },
      ...{ absences_excused: 2.5, absences_unexcused: null, late: 3 },
    });
    expect(lineOf({ late: 'souvent' })).toBeUndefined();
  });

  test('show what moved since the term before of the same year, and can begin with who dropped', async () => {
    const terms = [
      { id: 'y1', name: '2026-2027', starts_on: '2026-09-01' },
      { id: 't1', name: 'Trimestre 1', starts_on: '2026-09-01', ends_on: '2026-11-01', parent: 'y1', state: 'closed' },
      { id: 't2', name: 'Trimestre 2', starts_on: '2026-11-02', ends_on: '2099-01-01', parent: 'y1', state: 'open' },
    ];
    const sheets = [
      { student_id: 1, name: 'Anta', general: 13, version: 0 },
      { student_id: 2, name: 'Bineta', general: 9.5, version: 0 },
      { student_id: 3, name: 'Coumba', version: 0 },
    ];
    const earlier = [
      { student_id: 1, average: 12.5, scale: 20 },
      { student_id: 2, average: 12, scale: 20 },
      { student_id: 3, average: null, scale: 20 },
    ];
    behave({ 'GET /terms': terms, 'GET /classes/4eB/sheets': sheets, 'GET /grades': earlier });
    const teacher = await signedIn('admin');
    const shown = (await teacher.get(`${path}?order=moved`)).text;
    expect(shown).toContain('▲ +0,5');
    expect(shown).toContain('▼ −2,5');
    expect(['Bineta', 'Anta', 'Coumba'].map((name) => shown.indexOf(`<strong>${name}`))).toEqual(
      ['Bineta', 'Anta', 'Coumba'].map((name) => shown.indexOf(`<strong>${name}`)).sort((a, b) => a - b),
    );
    expect(services.requests.find(({ url }) => url?.startsWith('/grades'))?.url).toContain('term=t1');
  });

  test('are sent each onto its version, and told line by line', async () => {
    const current = { remark: 'Peut mieux faire', author: 'colette', at: '2026-11-09T08:30:00.000Z', version: 3 };
    behave({ 'PUT /classes/4eB/sheets': json(200, [{ student_id: 1, result: 'stale_version', current }]) });
    const teacher = await signedIn('teacher');
    const shown = await teacher.get(`${path}?term=t1`);
    const fields = { ...hiddenFields(shown.text, `${path}?term=t1`), 'remark-1': 'Excellent' };
    const { text: told } = await teacher.post(`${path}?term=t1`, fields);
    expect(sent).toMatchObject([
      { url: '/classes/4eB/sheets?term=t1', body: [{ student_id: 1, version: 2, remark: 'Excellent' }] },
    ]);
    expect(told).toContain('colette a saisi « Peut mieux faire »');
    expect(told).toContain('>Excellent</textarea>');
  });
});

describe('publishing report cards', () => {
  const path = '/portal/classes/4eB/report-cards';
  const card = (more: object) => ({ student_id: 1, name: 'Awa', result: 'new', version: 1, lacks: [], ...more });

  test('is rehearsed first: who lacks what is shown, and nothing is asked to be published', async () => {
    const lacks = [{ what: 'figure' }, { what: 'remark', subject: 'Maths' }, { what: 'remark' }, { what: 'mention' }];
    behave({ 'POST /classes/4eB/report-cards': { cards: [card({ lacks })] } });
    const { text: shown } = await (await signedIn('teacher')).get(path);
    expect(shown).toContain('moyenne (générale) · appréciation (Maths, conseil) · mention');
    expect(shown).toContain('Publier les bulletins');
    expect(sent.map(({ url }) => url)).toEqual(['/classes/4eB/report-cards?dry_run=true']);
  });

  test('is done once it is confirmed, with a reason where cards are replaced', async () => {
    behave({ 'POST /classes/4eB/report-cards': { cards: [card({ result: 'replaces', version: 2 })] } });
    const teacher = await signedIn('teacher');
    const question = await teacher.get(`${path}/publish?term=t1`);
    expect(question.text).toContain('name="reason"');
    const typed = { reason: 'Erreur de report' };
    const done = await teacher.submit(question, `${path}/publish?term=t1`, typed);
    expect([done.status, done.headers.location]).toEqual([303, `${path}?term=t1`]);
    expect(sent.at(-1)).toMatchObject({
      ...{ method: 'POST', url: '/classes/4eB/report-cards', body: { term: 't1', reason: 'Erreur de report' } },
    });
  });

  test('of an open term says who closes it; only the office has a button', async () => {
    behave({ 'POST /classes/4eB/report-cards': { obstacles: ['term_not_closed'], cards: [card({})] } });
    const asTeacher = (await (await signedIn('teacher')).get(path)).text;
    expect(asTeacher).toContain('L’administration la clôt');
    expect(asTeacher).not.toContain('Clore la période');
    expect(asTeacher).not.toContain('Publier les bulletins');
    const admin = await signedIn('admin');
    expect((await admin.get(path)).text).toContain('Clore la période');
    const closing = `${path}/close?term=t1`;
    await admin.submit(await admin.get(closing), closing);
    expect(sent.at(-1)).toMatchObject({
      method: 'PATCH',
      url: '/terms/t1',
      body: { open: false, class_names: ['4eB'] },
    });
  });

  test('that is refused is asked again, with why', async () => {
    const teacher = await signedIn('teacher');
    const question = await teacher.get(`${path}/publish?term=t1`);
    const answers = [json(200, saying['POST /classes/4eB/report-cards'])];
    behave({
      'POST /classes/4eB/report-cards': (request: IncomingMessage, response: ServerResponse) =>
        (request.url?.includes('dry_run') ? answers[0] : refuses(409, 'term_not_closed'))?.(request, response),
    });
    const refused = await teacher.submit(question, `${path}/publish?term=t1`, { reason: 'Encore' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Il y a un problème');
    expect(refused.text).toContain('value="Encore"');
  });
});

describe('a report card', () => {
  const path = '/portal/report-cards/1/1?term=t1';

  test('shows what the class shows its families, and the staff all of it', async () => {
    const [card] = saying['GET /grades/1/report-cards'] as [{ content: Parameters<typeof shownTo>[1] }];
    const show = { rank: false, general: false, class_mean: true, extremes: false };
    behave({ 'GET /grades/1/report-cards': [{ ...card, content: { ...card.content, show } }] });
    const family = (await (await signedIn('guardian')).get(path)).text;
    expect(family).toContain('11,25');
    for (const hidden of ['3 sur 8', '8,5', '16,75'])
      expect([hidden, family.includes(hidden)]).toEqual([hidden, false]);
    expect((await (await signedIn('teacher')).get(path)).text).toContain('3 sur 8');
  });

  test('is signed by its reader, once', async () => {
    behave({ 'POST /grades/1/report-cards/1/read': json(200, {}) });
    const parent = await signedIn('guardian');
    const done = await parent.submit(await parent.get(path), path);
    expect([done.status, done.headers.location]).toEqual([303, path]);
    expect(sent.map(({ url }) => url)).toEqual(['/grades/1/report-cards/1/read?term=t1']);
    const [card] = saying['GET /grades/1/report-cards'] as [object];
    behave({ 'GET /grades/1/report-cards': [{ ...card, read_at: '2026-11-20T08:30:00.000Z' }] });
    expect((await parent.get(path)).text).not.toContain('J’ai lu ce bulletin');
  });

  test.each(['/portal/report-cards/1/9?term=t1', '/portal/report-cards/x/1?term=t1', '/portal/report-cards/1/1'])(
    '%s is none',
    async (none) => {
      expect((await (await signedIn('guardian')).get(none)).status).toBe(404);
    },
  );
});
