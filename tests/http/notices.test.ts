import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { call, pathOf } from '../support/http.ts';
import { adminToken, must, newActor } from './authorisation/actors.ts';
import type { Actor } from './authorisation/row.ts';

let admin = '';
let parent: Actor;
let id = 0;

const asAdmin = (method: string, path: string, body?: unknown) =>
  must(call(method, path, { token: admin, ...(body !== undefined && { body }) }));

const notices = (path = '/notifications') =>
  call('GET', path, { token: parent.token, headers: { 'Accept-Language': 'en' } });

beforeAll(async () => {
  admin = await adminToken();
  parent = await newActor('teacher');
  const email = `${randomUUID()}@campus.example`;
  ({ id } = await asAdmin('POST', '/register', { name: 'Awa Diop', email, class_name: `Classe ${randomUUID()}` }));
  await asAdmin('PUT', `/students/${id}/guardians`, [{ username: parent.username }]);
  await asAdmin('POST', `/notify_grades/${id}`);
  await until(async () => (await call('GET', `/get_grades/${id}`, { token: parent.token })).status === 200);
});

test('a parent, whatever else their account is, reads what is new about their child, page by page', async () => {
  expect((await notices()).body).toEqual([]);
  for (const grade of [12, 13, 14]) await asAdmin('POST', `/add_grade/${id}`, { grade, subject: 'Maths' });
  const first = await notices('/notifications?limit=2');
  expect(first.body.map(({ message }: { message: string }) => message)).toEqual([
    'Awa Diop · New mark · Maths: 14/20',
    'Awa Diop · New mark · Maths: 13/20',
  ]);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const rest = await notices(pathOf(next));
  expect(rest.body).toMatchObject([{ kind: 'new_mark', student_id: id, score: 12 }]);
  expect(rest.headers.get('link')).toBeNull();
});

test('a result is among them from its release on', async () => {
  const { class_name } = await asAdmin('GET', `/students/${id}`);
  const make = async (release_at: string) => {
    const { id: assessment } = await asAdmin('POST', '/assessments', { class_name, title: 'Composition', release_at });
    await asAdmin('PUT', `/assessments/${assessment}/results`, [{ student_id: id, score: 15 }]);
    return assessment;
  };
  await make('2099-01-01T00:00:00Z');
  expect((await notices()).text).not.toContain('Composition');
  await make('2020-01-01T00:00:00Z');
  expect((await notices()).body[0]).toMatchObject({ title: 'Composition', score: 15 });
});

test('one who is named on nobody is told nothing', async () => {
  const { token } = await newActor('guardian');
  expect(await call('GET', '/notifications', { token })).toMatchObject({ status: 200, body: [] });
});
