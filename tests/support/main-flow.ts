import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { until } from '../../project/until.ts';
import { call, logIn } from './http.ts';

/** What the flow leaves behind. */
export interface Enrolled {
  readonly id: number;
  readonly name: string;
}

const notify = async ({ id }: Enrolled, admin: string): Promise<void> => {
  const { status, body } = await call('POST', `/notify_grades/${id}`, { token: admin });
  expect([status, body]).toEqual([
    200,
    { status: 'notification envoyée', grades_response: { message_id: expect.any(String), queued: true } },
  ]);
};

/** Enrols a student, takes the fee and tells the grades service, as an admin. */
async function enrol(admin: string): Promise<Enrolled> {
  const name = 'Awa Diop';
  const email = `awa.${randomUUID()}@example.sn`;
  const { status, body } = await call('POST', '/register', { token: admin, body: { name, email } });
  expect([status, body]).toEqual([201, { message: 'Etudiant enregistré avec succès', id: expect.any(Number) }]);
  const paid = await call('POST', `/pay/${body.id}`, { token: admin });
  expect([paid.status, paid.body]).toEqual([200, { message: 'Paiement confirmé' }]);
  return { id: body.id, name };
}

/** The marks of the flow are there, as the source document shows them. */
export async function expectMarks({ id, name }: Enrolled): Promise<void> {
  const { status, body } = await call('GET', `/get_grades/${id}`, { token: await logIn('prof', 'prof') });
  expect([status, body]).toEqual([200, { name, grades: [12, 15.5] }]);
}

/** The main job, whole: enrol, pay, notify, mark, read, notify again. */
export async function runMainFlow(): Promise<Enrolled> {
  const signIn = await call('POST', '/api/login', { body: { username: 'victor', password: '1234' } });
  expect(signIn.body).toMatchObject({ token_type: 'Bearer', username: 'victor', role: 'student' });
  const [admin, teacher] = [await logIn('admin', 'admin'), await logIn('prof', 'prof')];
  const student = await enrol(admin);
  await notify(student, admin);
  const read = () => call('GET', `/get_grades/${student.id}`, { token: teacher });
  await until(async () => (await read()).status === 200);
  for (const grade of [12, 15.5]) {
    const { status, body } = await call('POST', `/add_grade/${student.id}`, { token: teacher, body: { grade } });
    expect([status, body]).toEqual([200, { message: 'Note ajoutée', id: expect.any(String) }]);
  }
  await expectMarks(student);
  await notify(student, admin);
  await expectMarks(student);
  return student;
}
