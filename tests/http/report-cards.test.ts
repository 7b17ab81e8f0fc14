import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { call, urlOf } from '../support/http.ts';
import { adminToken, must, newActor } from './authorisation/actors.ts';
import type { Actor } from './authorisation/row.ts';

/*
 * A term of a school as its people go through it: enrolled, marked, closed, held council on, published, corrected.
 */

const tag = randomUUID().slice(0, 8);
const class_name = `Sixième ${tag}`;
const path = `/classes/${encodeURIComponent(class_name)}`;

let admin = '';
let teacher: Actor;
let parent: Actor;
let ids: number[] = [];
let term = '';
let assessment = '';

const as = (token: string) => (method: string, to: string, body?: unknown) =>
  must(call(method, to, { token, ...(body !== undefined && { body }) }));
const asAdmin = (...request: Parameters<ReturnType<typeof as>>) => as(admin)(...request);
const asTeacher = (...request: Parameters<ReturnType<typeof as>>) => as(teacher.token)(...request);
const asParent = (...request: Parameters<ReturnType<typeof as>>) => as(parent.token)(...request);

async function enrol(name: string): Promise<number> {
  const { id } = await asAdmin('POST', '/register', { name, email: `${randomUUID()}@campus.example`, class_name });
  // At the school since before the term that is closed here.
  await asAdmin('PATCH', `/students/${id}`, { class_name, from: '1970-10-01' });
  await asAdmin('PUT', `/students/${id}/guardians`, [{ username: parent.username }]);
  await asAdmin('POST', `/notify_grades/${id}`);
  await until(async () => (await call('GET', `/get_grades/${id}`, { token: parent.token })).status === 200);
  return id;
}

const turn = (open: boolean) =>
  asAdmin('PATCH', `/terms/${term}`, { open, ...(open && { reason: 'Une copie recomptée' }) });

const resultsOf = ({ cards }: { cards: { result: string }[] }) => cards.map(({ result }) => result);

beforeAll(async () => {
  [admin, teacher, parent] = [await adminToken(), await newActor('teacher'), await newActor('guardian')];
  ids = [await enrol('Awa Diop'), await enrol('Issa Fall')];
  const dates = { starts_on: '1971-01-01', ends_on: '1971-03-31' };
  ({ id: term } = await asAdmin('POST', '/terms', { name: `Trimestre ${tag}`, ...dates }));
  const subjects = [{ name: 'Maths', coefficient: 4, teachers: [teacher.username] }];
  await asAdmin('PUT', `${path}?year=${term}`, { head_teacher: teacher.username, subjects });
  const asked = { class_name, term, subject: 'Maths', title: 'Composition' };
  ({ id: assessment } = await asTeacher('POST', '/assessments', asked));
  const scores = ids.map((student_id, i) => ({ student_id, score: 12 + i }));
  await asTeacher('PUT', `/assessments/${assessment}/results`, scores);
});

test('a term is closed, the council held, and the cards are published; a family reads and confirms its own', async () => {
  const [id] = ids;
  await asTeacher('PUT', `${path}/remarks?term=${term}&subject=Maths`, [{ student_id: id, text: 'Rigoureuse.' }]);
  await asTeacher('PUT', `${path}/sheets?term=${term}`, [{ student_id: id, remark: 'Bon trimestre.', late: 1 }]);
  expect((await call('POST', `${path}/report-cards`, { token: teacher.token, body: { term } })).status).toBe(409);
  await turn(false);
  expect(resultsOf(await asTeacher('POST', `${path}/report-cards`, { term }))).toEqual(['new', 'new']);
  const [card] = await asParent('GET', `/grades/${id}/report-cards`);
  expect(card).toMatchObject({
    ...{ version: 1, differs: false },
    content: {
      ...{ general: 12, rank: 2, council: { remark: 'Bon trimestre.', late: 1 } },
      subjects: [{ name: 'Maths', remark: { text: 'Rigoureuse.', author: teacher.username } }],
    },
  });
  const { read_at } = await asParent('POST', `/grades/${id}/report-cards/1/read?term=${term}`);
  const [seen] = await asTeacher('GET', `/grades/${id}/report-cards`);
  expect(seen.reads).toEqual([{ username: parent.username, at: read_at }]);
});

test('one mark is corrected, and the cards on which it shows are published again', async () => {
  const [id = 0, other = 0] = ids;
  await turn(true);
  await asTeacher('PUT', `/grades/${id}/${assessment}`, { score: 15 });
  expect((await asParent('GET', `/grades/${other}?term=${term}`)).card).toEqual({ version: 1, differs: true });
  await turn(false);
  const again = { term, reason: 'Une copie recomptée' };
  // The other one's rank is printed, and has become another.
  expect(resultsOf(await asTeacher('POST', `${path}/report-cards`, again))).toEqual(['replaces', 'replaces']);
  expect(resultsOf(await asTeacher('POST', `${path}/report-cards`, again))).toEqual(['unchanged', 'unchanged']);
  const cards = await asParent('GET', `/grades/${other}/report-cards`);
  expect(
    cards.map(({ version, content }: { version: number; content: { rank: number } }) => [version, content.rank]),
  ).toEqual([
    [2, 2],
    [1, 1],
  ]);
  expect(cards[0]).toMatchObject({ replaces: 1, reason: 'Une copie recomptée', differs: false });
});

test('what is published is handed out as PDF: bytes that the card names, and that are a document', async () => {
  const [id] = ids;
  const response = await fetch(urlOf(`/grades/${id}/report-card.pdf?term=${term}`), {
    headers: { Authorization: `Bearer ${parent.token}`, Accept: 'application/pdf' },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
  const [card] = await asParent('GET', `/grades/${id}/report-cards`);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.pdf_sha256);
});
