import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OFFICE_PAGES } from '../../../tests/support/office-services.ts';
import { json, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../../tests/support/services.ts';
import { SAME_ORIGIN, toHandler, Visitor } from '../../../tests/support/visitor.ts';
import { handler } from '../portal.ts';
import { meaningsOf } from './students.ts';

let services: PeerStub;
const table = servicesSaying('Awa');

beforeAll(async () => {
  services = await startPeer();
});
beforeEach(() => services.behave(answering(table)));
afterAll(() => services.stop());

async function signedIn(role = 'admin'): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler), { forms: SAME_ORIGIN });
  visitor.jar.set('__Host-campus-access', `${role}~${await accessToken('awa')}`);
  visitor.jar.set('__Host-campus-zone', 'Africa/Dakar');
  return visitor;
}

/** What was sent to the services to change something, as they were told it. */
const changes: [string, unknown][] = [];

/** Answers what the table says, with these beside it, and keeps what is to be changed. */
function accepting(more: Readonly<Record<string, unknown>>): void {
  changes.length = 0;
  const answer = answering({ ...table, ...more });
  services.behave((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      if (request.method !== 'GET')
        changes.push([`${request.method} ${request.url}`, body === '' ? undefined : JSON.parse(body)]);
      answer(request, response);
    });
  });
}

describe('nobody but the office sees its pages', () => {
  test.each(OFFICE_PAGES)('%s', async (path) => {
    for (const role of ['student', 'teacher', 'guardian']) {
      const visitor = await signedIn(role);
      for (const answer of [await visitor.get(path), await visitor.post(path, {})]) {
        expect([403, 405]).toContain(answer.status);
        if (answer.status === 403) expect(answer.text).toContain('Accès réservé');
      }
    }
    expect(services.requests).toEqual([]);
  });
});

test.each([
  ['', [{}]],
  ['dio', [{ last_name: 'dio' }, { first_name: 'dio' }]],
  [
    'Fatou Diop',
    [{ last_name: 'Fatou Diop' }, { first_name: 'Fatou Diop' }, { first_name: 'Fatou', last_name: 'Diop' }],
  ],
  ['77 101 00 02', [{ phone: '77 101 00 02' }]],
  ['+221771010002', [{ phone: '+221771010002' }]],
  ['2026-0002', [{ matricule: '2026-0002' }]],
  ['M12', [{ matricule: 'M12' }, { last_name: 'M12' }, { first_name: 'M12' }]],
])('a search for %j asks for %j', (q, meanings) => {
  expect(meaningsOf(q)).toEqual(meanings);
});

test('a search goes on for each of its meanings by itself, and shows nobody twice', async () => {
  services.behave((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://peer');
    if (searchParams.has('last_name')) response.setHeader('Link', '</students?cursor=onward>; rel="next"');
    answering(table)(request, response);
  });
  const { text } = await (await signedIn()).get('/portal/students?q=awa&paid=false');
  expect(text.match(/\/portal\/students\/1\/record/g)).toHaveLength(1);
  expect(text).toContain('/portal/students?q=awa&amp;paid=false&amp;only=last_name&amp;cursor=onward');
  expect(text).not.toContain('only=first_name');
});

describe('a form that is refused', () => {
  const typed = { first_name: 'Awa', last_name: 'Ndiaye', phone: '12', 'contacts.0.name': 'Marième', birth_date: '' };

  test('says it at the field that it is about, a contact’s too, and keeps all that was typed', async () => {
    const errors = [
      { pointer: '#/phone', detail: 'Pas un numéro', code: 'invalid' },
      { pointer: '#/contacts/0/relation', detail: 'Il manque le lien', code: 'required' },
    ];
    services.behave(
      answering({
        ...table,
        'POST /register': json(400, { code: 'invalid_input', errors }, 'application/problem+json'),
      }),
    );
    const visitor = await signedIn();
    const shown = await visitor.get('/portal/students/new');
    const { status, text } = await visitor.submit(shown, '/portal/students/new', typed);
    expect(status).toBe(400);
    expect(text).toContain('id="phone-error">Pas un numéro');
    expect(text).toContain('id="contacts-0-relation-error">Il manque le lien');
    for (const value of ['Awa', 'Ndiaye', '12', 'Marième']) expect(text).toContain(`value="${value}"`);
  });

  test('says what is taken at its field, and opens what was folded away', async () => {
    services.behave(answering({ ...table, 'POST /register': refuses(409, 'matricule_taken') }));
    const visitor = await signedIn();
    const shown = await visitor.get('/portal/students/new');
    expect(shown.text).toContain('<details class="fold">');
    const { status, text } = await visitor.submit(shown, '/portal/students/new', typed);
    expect(status).toBe(409);
    expect(text).toContain('id="matricule-error"');
    expect(text).toContain('<details class="fold" open>');
  });

  test('shows what a colleague has stored meanwhile beside what was typed, and undoes nothing unseen', async () => {
    const tagged = (tag: string) => ({
      ...table,
      'GET /students/1': (request: IncomingMessage, response: ServerResponse) => {
        response.setHeader('ETag', tag);
        json(200, table['GET /students/1'])(request, response);
      },
      'PATCH /students/1': refuses(412, 'stale'),
    });
    services.behave(answering(tagged('"7"')));
    const visitor = await signedIn();
    const shown = await visitor.get('/portal/students/1/edit');
    services.behave(answering(tagged('"8"')));
    const { status, text } = await visitor.submit(shown, '/portal/students/1/edit', { ...typed, last_name: 'Sall' });
    expect(status).toBe(412);
    expect(services.requests.find(({ method }) => method === 'PATCH')?.headers['if-match']).toBe('"7"');
    expect(text).toContain('value="Sall"');
    expect(text).toContain('id="last_name-error">Entre-temps, quelqu’un a enregistré\u00a0: Awa');
    expect(text).toContain('name="tag" value="&quot;8&quot;"');
  });
});

test('a row that is emptied is gone, and those after it move up', async () => {
  accepting({ 'PUT /students/1/guardians': json(200, []) });
  const visitor = await signedIn();
  const shown = await visitor.get('/portal/students/1/guardians');
  expect(shown.text).toContain('name="guardians.2.username"');
  const { status } = await visitor.submit(shown, '/portal/students/1/guardians', {
    'guardians.0.username': '',
    'guardians.1.username': 'parent',
    'guardians.1.legal': 'yes',
    'guardians.2.username': 'oncle',
    'guardians.2.relation': 'oncle',
  });
  expect(status).toBe(303);
  expect(changes).toEqual([
    [
      'PUT /students/1/guardians',
      [
        { username: 'parent', legal: true },
        { username: 'oncle', relation: 'oncle', legal: false },
      ],
    ],
  ]);
});

test('an amount is typed as people write it, and sent in minor units; what is none says so and is not sent', async () => {
  accepting({ 'POST /pay/1': json(200, { message: 'Paiement confirmé' }) });
  const visitor = await signedIn();
  const shown = await visitor.get('/portal/students/1/pay');
  const refused = await visitor.submit(shown, '/portal/students/1/pay', { amount: '12,50', method: 'cash' });
  expect(refused.text).toContain('id="amount-error"');
  const paid = await visitor.submit(shown, '/portal/students/1/pay', { amount: '12 500', method: 'cash' });
  expect(paid.status).toBe(303);
  expect(changes).toEqual([['POST /pay/1', { method: 'cash', amount: 12_500, currency: 'XOF' }]]);
});

test('whoever describes the school anew reads by its new clocks at once', async () => {
  accepting({ 'PUT /school': json(200, {}) });
  const visitor = await signedIn();
  const saved = await visitor.submit(await visitor.get('/portal/school'), '/portal/school', { name: 'Lycée' });
  expect(saved.status).toBe(303);
  expect(visitor.jar.has('__Host-campus-zone')).toBe(false);
});

describe('the first start of an empty school', () => {
  const EMPTY = {
    ...table,
    'GET /school': { name: 'Campus', time_zone: 'UTC', year_starts: '08-01' },
    'GET /terms': [{ id: 'default', name: '2026-2027', weight: 1, open: true, state: 'open' }],
    'GET /students': [],
  };

  test('is four steps, each with the way to it', async () => {
    services.behave(answering(EMPTY));
    const { text } = await (await signedIn()).get('/home');
    expect(text).toContain('Quatre pas');
    expect(text.match(/à faire/g)).toHaveLength(4);
  });

  test('ticks what is done, and says of what it cannot know that it cannot', async () => {
    services.behave(
      answering({ ...EMPTY, 'GET /students': table['GET /students'], 'GET /terms': refuses(500, 'internal_error') }),
    );
    const { status, text } = await (await signedIn()).get('/home');
    expect(status).toBe(200);
    expect(text).toContain('✓ Inscrire les élèves');
    expect(text.match(/ce service ne répond pas/g)).toHaveLength(2);
    expect(text.match(/à faire/g)).toHaveLength(1);
  });

  test('is over once all are done', async () => {
    expect((await (await signedIn()).get('/home')).text).not.toContain('Quatre pas');
  });
});

test('is all well: the service that does not answer is named, and the page stands', async () => {
  const none = { waiting: 0, letters: [] };
  const quiet = Object.fromEntries(
    ['registration', 'grades', 'auth', 'orders', 'health'].map((one) => [`GET /dead-letters/${one}`, none]),
  );
  services.behave(answering({ ...table, ...quiet, 'GET /health/999999999999999': refuses(404, 'person_not_found') }));
  expect((await (await signedIn()).get('/portal/operations')).text).toContain('Tout répond.');
  services.behave(answering({ ...table, 'GET /products': refuses(500, 'internal_error') }));
  const { status, text } = await (await signedIn()).get('/portal/operations');
  expect(status).toBe(200);
  expect(text).toContain('Un service au moins ne répond pas');
  expect(text.match(/>ne répond pas</g)).toHaveLength(1);
});

describe('the roll-over', () => {
  test('of 1,200 students is a page of less than 100 KB that names them all', async () => {
    const students = Array.from({ length: 1_200 }, (_, i) => ({
      ...{ id: i + 1, name: `Aïssatou Ndiaye-Diop ${i + 1}`, class_name: `Classe ${i % 40}`, outcome: 'promoted' },
      ...{ to: `Classe ${(i % 40) + 1}`, done: false },
    }));
    const all = { complete: false, students, without_move: [], open_terms: [] };
    accepting({ 'POST /students/rollover': json(200, all) });
    const visitor = await signedIn();
    const path = '/portal/year/rollover';
    const { text } = await visitor.submit(await visitor.get(path), path, { from: '2026-2027', to: '2027-2028' });
    for (const { name } of students) expect(text).toContain(name);
    expect(text.length).toBeLessThan(80 * 1024);
  });

  const result = (complete: boolean) => ({
    ...{ complete, without_move: [], open_terms: [] },
    students: [{ id: 1, name: 'Awa', class_name: '6e', outcome: 'promoted', to: '5e', done: complete }],
  });
  const typed = {
    ...{ from: '2026-2027', to: '2027-2028', 'moves.0.class_name': '6e', 'moves.0.to': '5e' },
    ...{ 'moves.1.class_name': '3e', 'moves.1.leaves': 'yes', 'moves.2.class_name': '4e' },
    ...{ 'students.0.id': '7', 'students.0.outcome': 'repeats' },
  };
  const body = {
    ...{ from: '2026-2027', to: '2027-2028', students: [{ id: 7, outcome: 'repeats' }] },
    moves: [
      { class_name: '6e', to: '5e' },
      { class_name: '3e', to: null },
    ],
  };

  test.each([
    [true, '/portal/year'],
    [false, '/portal/year/rollover'],
  ])('that is complete: %j leads to %s; its dry run asked for the same', async (complete, to) => {
    accepting({ 'POST /students/rollover': json(200, result(complete)) });
    const visitor = await signedIn();
    const path = '/portal/year/rollover';
    const checked = await visitor.submit(await visitor.get(path), path, typed);
    expect(checked.text).toContain('6e → 5e');
    const done = await visitor.submit(checked, path, { step: 'done' });
    expect([done.status, done.headers.location]).toEqual([303, to]);
    expect(changes).toEqual([
      ['POST /students/rollover?dry_run=true', body],
      ['POST /students/rollover', body],
    ]);
  });
});

test.each(OFFICE_PAGES)('%s changes nothing by being looked at, and each of its forms is ours', async (path) => {
  accepting({});
  const { text } = await (await signedIn()).get(path);
  expect(changes).toEqual([]);
  const forms = [...text.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)].map(([form]) => form);
  expect(forms.filter((form) => !/name="form_token" value="[\w-]{43}"/.test(form))).toEqual([]);
});
