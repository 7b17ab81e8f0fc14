import { hashPassword } from '../../functions/auth/passwords.ts';
import { handler as settle } from '../../functions/grades/rankings/settle.ts';
import { Table } from '../../platform/data/table.ts';
import { password, storeAccount } from '../../tests/support/accounts.ts';
import type { Identity } from '../../tests/support/call.ts';
import type { Campus } from './campus.ts';

/** How many students a cohort has. */
export const COHORT = 100;

/** How many of them are in a class; the last class has what is left. */
export const CLASS = 32;

/** How many assessments a class has, and plain marks each student. */
const ASSESSMENTS = 12;
const MARKS = 3;

/**
 * Before the first id of the cohort. All that is numbered in it (persons, students, articles, names, classes, phones) has
 * seven digits that begin so, by which a copy is told apart (`copies.ts`).
 */
export const BASE = 7_310_000;

export const ids: readonly number[] = Array.from({ length: COHORT }, (_, i) => BASE + 1 + i);
export const usernameOf = (id: number): string => `eleve${id}`;
export const classOf = (id: number): string => `Classe ${BASE + 901 + Math.floor((id - BASE - 1) / CLASS)}`;

/** The students of a class, by one of them. */
export const classmatesOf = (id: number): number[] => ids.filter((one) => classOf(one) === classOf(id));

/** Who works with them. */
export interface Staff {
  readonly admin: Identity;
  readonly teacher: Identity;
}

const FIRST_NAMES = ['Awa', 'Moussa', 'Fatou', 'Ibrahima', 'Mariama', 'Ousmane', 'Khady', 'Cheikh'];
const LAST_NAMES = ['Diop', 'Ndiaye', 'Fall', 'Sow', 'Ba', 'Sarr', 'Gueye', 'Faye', 'Thiam', 'Kane', 'Mbaye', 'Seck'];

const namesOf = (id: number) => ({
  first_name: FIRST_NAMES[id % FIRST_NAMES.length] ?? '',
  last_name: `${LAST_NAMES[id % LAST_NAMES.length] ?? ''} ${id}`,
});

/** What is written of a student: the office knows all of it. */
export const registrationOf = (id: number) => ({
  name: Object.values(namesOf(id)).join(' '),
  ...namesOf(id),
  email: `${usernameOf(id)}@campus.example`,
  phone: `+22177${id}`,
  birth_date: '2010-03-14',
  birth_place: 'Saint-Louis',
  username: usernameOf(id),
  class_name: classOf(id),
});

/** Signs the staff in, whose accounts it makes. */
export async function hireStaff(campus: Campus): Promise<Staff> {
  const hash = await hashPassword(password);
  await storeAccount('admin', hash, 'admin');
  await storeAccount('prof', hash, 'teacher');
  for (const username of ['admin', 'prof']) await campus.signIn(username);
  return { admin: await campus.authorized('admin'), teacher: await campus.authorized('prof') };
}

/** Everything of one student but their marks: account, person, health, enrolment, a payment, an article and an order. */
async function enrol(campus: Campus, { admin }: Staff, id: number, hash: string): Promise<void> {
  const username = usernameOf(id);
  await storeAccount(username, hash);
  await campus.signIn(username);
  const student = await campus.authorized(username);
  const { name, email, birth_date, ...rest } = registrationOf(id);
  await campus.as(admin, 'POST /persons', { name, email, birth_date, username });
  await campus.as(student, `POST /health/${id}`, { weight: 52, height: 165, heart_rate: 68 });
  await campus.as(admin, 'POST /register', { name, email, birth_date, ...rest });
  await campus.as(admin, `POST /pay/${id}`, { amount: 20_000, method: 'cash' });
  await campus.as(admin, `POST /notify_grades/${id}`);
  const article = { name: `Cahier ${id}`, category: 'Papeterie', price: 1_500, stock: 500 };
  await campus.as(admin, 'POST /products', article);
  await campus.as(student, `POST /orders/${username}/buy`, { article_id: id });
  await campus.as(student, 'POST /orders', { items: [{ product_id: id, quantity: 2 }] });
}

/** A new assessment of a class. @returns its id */
export async function assess(campus: Campus, { teacher }: Staff, class_name: string, n: number): Promise<string> {
  const sent = { class_name, title: `Devoir ${n}`, subject: `Matière ${n % 4}` };
  return (await campus.as(teacher, 'POST /assessments', sent)).body.id;
}

/** Results of students, as the grid sends them. */
export const resultsOf = (students: readonly number[]) =>
  students.map((student_id, i) => ({ student_id, score: 5 + ((i * 7) % 15) }));

async function teach(campus: Campus, staff: Staff, class_name: string): Promise<void> {
  const students = ids.filter((id) => classOf(id) === class_name);
  for (let n = 0; n < ASSESSMENTS; n += 1) {
    const id = await assess(campus, staff, class_name, n);
    await campus.as(staff.teacher, `PUT /assessments/${id}/results`, resultsOf(students));
  }
  for (const id of students)
    for (let n = 0; n < MARKS; n += 1)
      await campus.as(staff.teacher, `POST /add_grade/${id}`, { grade: 8 + (id % 11), subject: `Matière ${n % 4}` });
}

/**
 * Makes the students of a cohort as a school would, by its own API, and tells of their marks whom it concerns.
 * @param students some of it, in whole classes
 */
export async function settleCohort(campus: Campus, staff: Staff, students = ids): Promise<void> {
  for (const [context, sequence] of [
    ['PERSONS_TABLE', 'person'],
    ['REGISTRATION_TABLE', 'student'],
    ['ORDERS_TABLE', 'product'],
  ] as const)
    await new Table(context).next(sequence, BASE);
  const hash = await hashPassword(password);
  for (const id of students) await enrol(campus, staff, id, hash);
  await campus.tellGrades();
  for (const class_name of new Set(students.map(classOf))) await teach(campus, staff, class_name);
  await settle();
}
