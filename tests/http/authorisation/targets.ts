import { randomInt, randomUUID } from 'node:crypto';
import { until } from '../../../project/until.ts';
import { call } from '../../support/http.ts';
import { adminToken, must, once } from './actors.ts';
import type { Actor, Target } from './row.ts';

/** An id that no generated one reaches. */
const missing = (): string => '900719925474';

async function asAdmin(method: string, path: string, body?: unknown): Promise<{ id: number }> {
  return must(call(method, path, { token: await adminToken(), ...(body !== undefined && { body }) }));
}

async function newPerson({ username }: Actor): Promise<string> {
  const { id } = await asAdmin('POST', '/persons', { name: 'Awa Diop', username });
  return String(id);
}

async function newStudent({ username }: Actor): Promise<string> {
  const email = `${randomUUID()}@campus.example`;
  const { id } = await asAdmin('POST', '/register', { name: 'Awa Diop', email, username });
  return String(id);
}

/** Somebody without an account, whose guardian this is. */
async function newWard({ username }: Actor): Promise<string> {
  const id = await newUnclaimedStudent();
  await asAdmin('PUT', `/students/${id}/guardians`, [username]);
  return id;
}

async function newUnclaimedPerson(): Promise<string> {
  const { id } = await asAdmin('POST', '/persons', { name: 'Awa Diop' });
  return String(id);
}

async function newUnclaimedStudent(): Promise<string> {
  const { id } = await asAdmin('POST', '/register', { name: 'Awa Diop', email: `${randomUUID()}@campus.example` });
  return String(id);
}

/** What an admin sends to change nothing of the school. */
export const schoolAsItIs = async (): Promise<unknown> => must(call('GET', '/school', { token: await adminToken() }));

async function newCode(path: string): Promise<{ code: string }> {
  const { code } = await must<{ code: string }>(call('POST', `${path}/claim-code`, { token: await adminToken() }));
  return { code };
}

type Make = (actor: Actor) => Promise<string>;

/** Whoever has an account stands on one student record, and whatever is theirs hangs on that one. */
const ownStudent = once(newStudent);
const ward = once(newWard);

/** The student whom `make` makes, once the grades service knows them. */
const withMarks = (make: Make): Make =>
  once(async (actor) => {
    const id = await make(actor);
    await asAdmin('POST', `/notify_grades/${id}`);
    const token = await adminToken();
    await until(async () => (await call('GET', `/get_grades/${id}`, { token })).status === 200);
    return id;
  });

async function newMeasurement(owner: Actor): Promise<string> {
  const id = await newPerson(owner);
  await asAdmin('POST', `/health/${id}`, { weight: 70 });
  return id;
}

/** The person whose record carries the owner's username. */
export const person: Target = { of: newPerson, missing };

/** The student whose record carries it: there can be one only. */
export const student: Target = { of: ownStudent, ward, missing };

/** One who was deleted a moment ago: whoever calls has no other. */
export const deletedStudent: Target = {
  of: once(async (owner) => {
    const id = await newStudent(owner);
    await asAdmin('DELETE', `/students/${id}`);
    return id;
  }),
  missing,
};

/** An import that was announced. It is the school's: whose it is makes no difference to an admin. */
export const announcedImport: Target = {
  of: async () => String((await asAdmin('POST', '/imports', { bytes: 1 })).id),
  missing: () => crypto.randomUUID(),
};

/** A payment of such a student: the student, and the payment. */
const paid = (make: Make): Make =>
  once(async (actor) => {
    const id = await make(actor);
    await asAdmin('POST', `/pay/${id}`);
    const token = await adminToken();
    const { payments } = await must<{ payments: { id: string }[] }>(call('GET', `/students/${id}/payments`, { token }));
    return `${id}/${payments[0]?.id}`;
  });

export const payment: Target = {
  of: paid(ownStudent),
  ward: paid(ward),
  missing: () => `${missing()}/${randomUUID()}`,
};

/** A person, and a student, whom nobody has claimed: nobody's own. */
export const unclaimedPerson: Target = { of: newUnclaimedPerson, missing };
export const unclaimedStudent: Target = { of: newUnclaimedStudent, ward, missing };

/** The body that claims somebody new. */
export const codeOfPerson = async () => newCode(`/persons/${await newUnclaimedPerson()}`);
export const codeOfStudent = async () => newCode(`/students/${await newUnclaimedStudent()}`);

const known = withMarks(ownStudent);
const knownWard = withMarks(ward);

/** The marks of a student that the grades service was told of. */
export const marks: Target = { of: known, ward: knownWard, missing };

/** The health data of a person, with a measurement. */
export const health: Target = { of: newMeasurement, missing };

/** A plain mark of such a student. */
const withResult = (make: Make): Make =>
  once(async (actor) => {
    const id = await make(actor);
    const { id: mark } = await asAdmin('POST', `/add_grade/${id}`, { grade: 12 });
    return `${id}/${mark}`;
  });

/** One result: the student, and the mark. */
export const result: Target = {
  of: withResult(known),
  ward: withResult(knownWard),
  missing: () => `${missing()}/${randomUUID()}`,
};

/** A class without a programme, which is open to every teacher. */
export const FREE_CLASS = 'Classe sans programme';

const openFreeClass = once(async () => {
  await asAdmin('POST', '/init_student', { id: 899_999, name: 'Awa Diop', class_name: FREE_CLASS });
  return FREE_CLASS;
});

const nobody: Actor = { username: 'nobody', password: '', role: 'student', token: '' };

/** A class: nobody's own. */
export const schoolClass: Target = { of: () => openFreeClass(nobody), missing: () => `Classe ${randomUUID()}` };

/** A term long over, so that no mark of another test comes to stand in it. */
export const term: Target = {
  of: once(async () => {
    const { id } = await asAdmin('POST', '/terms', { name: 'Jadis', starts_on: '1980-01-01', ends_on: '1980-02-01' });
    return String(id);
  }),
  missing: randomUUID,
};

/** An assessment of a class without a programme, which any teacher may set. */
export const assessment: Target = {
  of: once(async () => {
    const class_name = await openFreeClass(nobody);
    const { id } = await asAdmin('POST', '/assessments', { class_name, subject: 'Français', title: 'Dictée' });
    return String(id);
  }),
  missing: randomUUID,
};

let closed: Promise<string> | undefined;
async function newClosedTerm(): Promise<string> {
  const { id } = await asAdmin('POST', '/terms', { name: 'Naguère', starts_on: '1981-01-01', ends_on: '1981-02-01' });
  await asAdmin('PATCH', `/terms/${id}`, { open: false });
  return String(id);
}

/** A term of the past that is closed, and a school year of its own. */
export function closedTerm(): Promise<string> {
  closed ??= newClosedTerm();
  return closed;
}

/** A class whose head teacher this is, this year and in the year of {@link closedTerm}. */
export const headedClass: Target = {
  of: once(async ({ username }) => {
    const class_name = `Classe ${randomUUID()}`;
    await asAdmin('POST', '/init_student', { id: randomInt(1_000_000, 1_000_000_000), name: 'Awa Diop', class_name });
    const path = `/classes/${encodeURIComponent(class_name)}`;
    for (const year of ['', `?year=${await closedTerm()}`])
      await asAdmin('PUT', path + year, { head_teacher: username });
    return class_name;
  }),
  missing: () => `Classe ${randomUUID()}`,
};

/** Puts the student whom `make` makes into a class of their own, at the school since before {@link closedTerm}. */
/** Whoever is made, in a class since before the terms that are over. */
const inClass = (make: Make, class_name: string) => async (actor: Actor) => {
  const student_id = await make(actor);
  await asAdmin('PATCH', `/students/${student_id}`, { class_name, from: '1981-01-01' });
  return student_id;
};

const withCard = (make: Make): Make =>
  once(async (actor) => {
    const class_name = `Classe ${randomUUID()}`;
    const id = await withMarks(inClass(make, class_name))(actor);
    await asAdmin('POST', `/classes/${encodeURIComponent(class_name)}/report-cards`, { term: await closedTerm() });
    return `${id}/1`;
  });

/** A published report card: the student, and its version. */
export const reportCard: Target = {
  of: withCard(newStudent),
  ward: withCard(newWard),
  missing: () => `${missing()}/1`,
};

/** A class whose head teacher this is, with a report card published in {@link closedTerm}. */
export const publishedClass: Target = {
  async of({ username }) {
    const class_name = `Classe ${randomUUID()}`;
    await withMarks(inClass(newUnclaimedStudent, class_name))(nobody);
    const path = `/classes/${encodeURIComponent(class_name)}`;
    const term = await closedTerm();
    for (const year of ['', `?year=${term}`]) await asAdmin('PUT', path + year, { head_teacher: username });
    await asAdmin('POST', `${path}/report-cards`, { term });
    return class_name;
  },
  missing: () => `Classe ${randomUUID()}`,
};
