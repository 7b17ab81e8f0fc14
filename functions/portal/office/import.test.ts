import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { json, type PeerStub, startPeer } from '../../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../../tests/support/services.ts';
import { hiddenFields, type PageAnswer, SAME_ORIGIN, toHandler, Visitor } from '../../../tests/support/visitor.ts';
import { handler } from '../portal.ts';

let services: PeerStub;
const table = servicesSaying('Awa');

beforeAll(async () => {
  services = await startPeer();
});
afterAll(() => services.stop());

const report = {
  ...{
    dry_run: true,
    accepted: 2,
    unchanged: 1,
    rejected: 1,
    more_errors: 0,
    warnings: [],
    failed_rows: 'Nom;Erreurs\n',
  },
  errors: [{ row: 4, field: 'phone', code: 'invalid_phone', detail: 'Numéro invalide' }],
  columns: [
    { header: 'Nom', field: 'name' },
    { header: 'Truc', field: null },
  ],
};

/** What was uploaded, with the query of the call that brought it. */
const uploads: [query: string, bytes: Buffer][] = [];

beforeEach(() => {
  uploads.length = 0;
  services.behave((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { pathname, search } = new URL(request.url ?? '', 'http://peer');
      if (pathname === '/students/import') {
        uploads.push([search, Buffer.concat(parts)]);
        json(200, { ...report, dry_run: search.includes('dry_run=true') })(request, response);
      } else answering(table)(request, response);
    });
  });
});

async function signedIn(): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler), { forms: SAME_ORIGIN });
  visitor.jar.set('__Host-campus-access', `admin~${await accessToken('awa')}`);
  return visitor;
}

const PAGE = '/portal/import';
const FILE = Buffer.from('Nom;Truc\nAwa;1\n\xff', 'latin1');

/** Sends the form that a page shows, in parts, as browsers send one with a file. */
async function sent(
  visitor: Visitor,
  page: PageAnswer,
  fields: Record<string, string>,
  file?: Buffer,
): Promise<PageAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...hiddenFields(page.text, PAGE), ...fields })) form.append(name, value);
  form.append('file', new Blob(file ? [new Uint8Array(file)] : []), file ? 'liste.csv' : '');
  return visitor.postParts(PAGE, form);
}

test('a file is checked first, byte for byte; then the page itself brings it to be stored, with its columns', async () => {
  const visitor = await signedIn();
  const checked = await sent(visitor, await visitor.get(PAGE), { step: 'check' }, FILE);
  expect(checked.status).toBe(200);
  expect(checked.text).toContain('Vérifié, rien n’est encore enregistré');
  expect(checked.text).toContain('Numéro invalide');
  expect(checked.text).toContain(`base64,${Buffer.from('Nom;Erreurs\n').toString('base64')}`);
  const stored = await sent(visitor, checked, { step: 'store', 'columns.0': 'name', 'columns.1': '-' });
  expect(stored.text).toContain('Import terminé');
  expect(uploads).toEqual([
    ['?dry_run=true', FILE],
    ['?dry_run=false&columns=name%2C-', FILE],
  ]);
});

test('columns that were corrected are checked again', async () => {
  const visitor = await signedIn();
  const checked = await sent(visitor, await visitor.get(PAGE), { step: 'check' }, FILE);
  await sent(visitor, checked, { step: 'recheck', 'columns.0': 'last_name', 'columns.1': 'first_name' });
  expect(uploads[1]?.[0]).toBe('?dry_run=true&columns=last_name%2Cfirst_name');
});

test('a file too large for the page to carry is asked for once more, and the page stays small', async () => {
  const visitor = await signedIn();
  const noise = Buffer.from(Array.from({ length: 80_000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251));
  const checked = await sent(
    visitor,
    await visitor.get(PAGE),
    { step: 'check' },
    Buffer.concat([noise, noise.reverse()]),
  );
  expect(checked.text.length).toBeLessThan(100 * 1024);
  if (!checked.text.includes('name="kept"')) expect(checked.text).toContain('Le même fichier, encore une fois');
});

test('many rows to mend come back by a button, and the page stays small however many there are', async () => {
  const detail = 'Numéro de téléphone invalide ; écrivez-le comme +221 77 123 45 67';
  const many = {
    ...{ ...report, failed_rows: 'Diop;Awa;12;Numéro invalide\r\n'.repeat(2_000), more_errors: 1_000 },
    errors: Array.from({ length: 1_000 }, (_, i) => ({ row: i + 2, field: 'phone', code: 'invalid_phone', detail })),
    warnings: Array.from({ length: 1_000 }, (_, i) => ({
      row: i + 2,
      field: 'average',
      code: 'average_differs',
      detail,
    })),
  };
  services.behave(answering({ ...table, 'POST /students/import': json(200, many) }));
  const visitor = await signedIn();
  const list = Buffer.from(Array.from({ length: 2_000 }, (_, i) => `Diop;Awa ${i};${(i * 7919) % 99_991}`).join('\n'));
  const checked = await sent(visitor, await visitor.get(PAGE), { step: 'check' }, list);
  expect(checked.text.length).toBeLessThan(80 * 1024);
  expect(checked.text).toContain('name="step" value="mend"');
  const mended = await sent(visitor, checked, { step: 'mend' });
  expect(mended.headers['content-disposition']).toBe('attachment; filename="a-corriger.csv"');
  expect(mended.text).toBe(many.failed_rows);
});

test.each([
  ['no file', {}, undefined],
  ['what was carried was changed', { kept: 'bm90aGluZw' }, undefined],
])('%s: the field says so', async (_, fields, file) => {
  const visitor = await signedIn();
  const answer = await sent(visitor, await visitor.get(PAGE), { step: 'check', ...fields }, file);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('id="file-error"');
  expect(uploads).toEqual([]);
});

test('a file that a service cannot read is refused at the field, in its words', async () => {
  const errors = [{ pointer: '#', code: 'empty_file', detail: 'Ce fichier est vide' }];
  const refusal = json(400, { code: 'unreadable_file', errors }, 'application/problem+json');
  services.behave(answering({ ...table, 'POST /students/import': refusal }));
  const visitor = await signedIn();
  const { status, text } = await sent(visitor, await visitor.get(PAGE), { step: 'check' }, FILE);
  expect(status).toBe(400);
  expect(text).toContain('id="file-error">Ce fichier est vide');
});

test('without its token, or from elsewhere, a form in parts does nothing', async () => {
  const visitor = new Visitor(toHandler(handler));
  visitor.jar.set('__Host-campus-access', `admin~${await accessToken('awa')}`);
  const form = new FormData();
  form.append('step', 'check');
  form.append('file', new Blob([new Uint8Array(FILE)]), 'liste.csv');
  const { status } = await visitor.postParts(PAGE, form);
  expect(status).toBe(403);
  expect(uploads).toEqual([]);
});

test('a large import shows how far it is, and says that the page may be left', async () => {
  const running = { ...(table['GET /imports/i1'] as object), state: 'running', rows: 8000, rows_done: 3000 };
  services.behave(answering({ ...table, 'GET /imports/i1': running }));
  const { text } = await (await signedIn()).get(`${PAGE}/i1`);
  expect(text).toContain('3\u202f000 / 8\u202f000');
  expect(text).toContain('<progress aria-labelledby="done" max="8000" value="3000">');
  expect(text).toContain('Vous pouvez quitter cette page');
});
