import { beforeAll, expect, test } from '@jest/globals';
import { call, logIn, urlOf } from '../support/http.ts';
import { workingAs } from '../support/office.ts';
import type { Visitor } from '../support/visitor.ts';

const PDF = 'application/pdf';
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CLASS = encodeURIComponent('Terminale S1');

let [office, teacher, parent]: Visitor[] = [];
beforeAll(async () => {
  [office, teacher, parent] = await Promise.all([
    workingAs('admin', 'admin'),
    workingAs('prof', 'prof'),
    workingAs('parent', 'parent'),
  ]);
});

/** The addresses of files on a page, as its visitor would follow them. */
async function filesOn(visitor: Visitor | undefined, path: string): Promise<string[]> {
  const { text } = (await visitor?.get(path)) ?? { text: '' };
  return [...text.matchAll(/href="[^"]*?(\/portal\/files\/[^"]*)"/g)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
}

/** Saves a file. @param type asked for by it, since a gateway that does not stream hands on bytes to nobody else */
async function saved(visitor: Visitor | undefined, path: string, type: string) {
  const Cookie = [...(visitor?.jar ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(urlOf(path), { headers: { Cookie, Accept: type }, redirect: 'manual' });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const beginning = (bytes: Buffer, length: number): string => bytes.subarray(0, length).toString('latin1');

test('a family saves each published card as it is kept, to the byte, and no other family does', async () => {
  const found = await filesOn(parent, '/portal/report-cards');
  expect(found.length).toBeGreaterThan(0);
  const [path = ''] = found;
  const card = await saved(parent, path, PDF);
  expect([card.status, card.headers.get('content-type'), beginning(card.bytes, 5)]).toEqual([200, PDF, '%PDF-']);
  expect(card.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"]+\.pdf"/);
  expect(card.headers.get('cache-control')).toBe('private, no-store');
  expect(card.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  const [, student, version, term] = /report-cards\/(\d+)\/(\d+)\?term=(.+)$/.exec(path) ?? [];
  const own = await fetch(urlOf(`/grades/${student}/report-card.pdf?version=${version}&term=${term}`), {
    headers: { Authorization: `Bearer ${await logIn('parent', 'parent')}`, Accept: PDF, 'Accept-Language': 'fr' },
  });
  expect(card.bytes.equals(Buffer.from(await own.arrayBuffer()))).toBe(true);
  const stranger = await saved(await workingAs('baptiste', 'pass'), path, PDF);
  expect([stranger.status, stranger.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
});

test.each([
  ['the page of a class', `/portal/classes/${CLASS}`],
  ['the page of all classes', '/portal/classes'],
  ['the page of its report cards', `/portal/classes/${CLASS}/report-cards`],
])('a teacher saves what %s has to print', async (_, path) => {
  const found = await filesOn(teacher, path);
  expect(found.length).toBeGreaterThan(0);
  for (const address of found) {
    const { status, headers, bytes } = await saved(teacher, address, PDF);
    expect([address, status, headers.get('content-type')]).toEqual([address, 200, PDF]);
    expect(beginning(bytes, 5)).toBe('%PDF-');
  }
});

test('the office saves lists as workbooks and as PDF, and nobody else does', async () => {
  for (const what of ['students', 'averages']) {
    const path = `/portal/files/${what}?class_name=Terminale+S1`;
    const book = await saved(office, `${path}&format=xlsx`, SHEET);
    expect([what, book.status, book.headers.get('content-type')]).toEqual([what, 200, SHEET]);
    expect(beginning(book.bytes, 2)).toBe('PK');
    expect(beginning((await saved(office, `${path}&format=pdf`, PDF)).bytes, 5)).toBe('%PDF-');
    expect((await saved(teacher, `${path}&format=xlsx`, SHEET)).status).toBe(403);
  }
});

test('a receipt is saved by whoever paid', async () => {
  const token = await logIn('admin', 'admin');
  const email = `receipt.${Date.now()}@campus.example`;
  const { body } = await call('POST', '/register', { token, body: { name: 'Reçu Enregistré', email } });
  await call('POST', `/pay/${body.id}`, { token });
  const { payments } = (await call('GET', `/students/${body.id}/payments`, { token })).body;
  const page = `/portal/students/${body.id}/payments/${payments[0].id}/receipt`;
  const [path = ''] = await filesOn(office, page);
  const receipt = await saved(office, path, PDF);
  expect([receipt.status, beginning(receipt.bytes, 5)]).toEqual([200, '%PDF-']);
  expect((await saved(parent, path, PDF)).status).toBe(404);
});
