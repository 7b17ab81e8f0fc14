import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { call } from '../support/http.ts';
import { json, logIn, newAccount, newClass, type Person, signedIn } from './command-line.ts';
import { KEY, onScreen, sit } from './screen.ts';

/** What a school's office does beyond the marks: fees, who comes and goes, the next year, guardians. */
let admin: Person;
beforeAll(async () => {
  admin = await signedIn('admin', 'admin');
});

const lineOf = async (person: Person, args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await person(args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trim();
};

describe('fees', () => {
  const levied = (class_name: string, amount = '60000@2026-10-05') => [
    ...['fees', 'levy', 'Scolarité', '--year', '2026-2027', '--class', class_name],
    ...['--currency', 'XOF', '--instalment', amount, '--instalment', '40000@2099-01-05'],
  ];
  const owed = async (id: number) => (await json<{ balance: number }>(admin, ['fees', 'ledger', `${id}`])).balance;

  test('a class is charged in parts, once, and who owes what is listed', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Diop', 'Binta Diop']);
    const before = await owed(ids[0] ?? 0);
    expect(await json(admin, levied(class_name))).toMatchObject({ charged: 2, already: 0, amount: 100_000 });
    expect(await json(admin, levied(class_name))).toMatchObject({ charged: 0, already: 2 });
    expect((await admin(levied(class_name, '1@2026-10-05'))).code).toBe(7);
    expect(await owed(ids[0] ?? 0)).toBe(before + 100_000);
    const due = await json<{ student_id: number }[]>(admin, ['fees', 'due', '--class', class_name]);
    expect(due.map(({ student_id }) => student_id)).toEqual(ids);
  });

  test('of a fee a part is waived, of the rest a part is paid, by mistake, and reversed by its receipt', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Diop']);
    const [id = 0] = ids;
    await admin(levied(class_name));
    const before = await owed(id);
    const waive = ['fees', 'waive', `${id}`, '--fee', 'scolarité', '--percent', '50'];
    expect(await admin(waive)).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') });
    await lineOf(admin, [...waive, '--reason', 'Bourse']);
    expect(await owed(id)).toBe(before - 50_000);
    await lineOf(admin, ['fees', 'pay', `${id}`, '--amount', '20000', '--currency', 'XOF', '--method', 'cash']);
    expect(await owed(id)).toBe(before - 70_000);
    const { number } = await json<{ number: string }>(admin, ['fees', 'receipt', `${id}`]);
    const reverse = ['fees', 'reverse', `${id}`, number, '--reason', 'Erreur'];
    expect(await admin(reverse)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    await lineOf(admin, [...reverse, '--yes']);
    expect(await owed(id)).toBe(before - 50_000);
    expect((await admin([...reverse, '--yes'])).code).toBe(7);
    expect(await json(admin, ['fees', 'receipt', `${id}`])).toMatchObject({ number, reversed: { reason: 'Erreur' } });
  });

  test('the ledger is a statement: what each line changed, and what was owed after it', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Diop']);
    await admin(levied(class_name));
    await admin(['fees', 'pay', `${ids[0]}`, '--amount', '20000', '--currency', 'XOF', '--method', 'cash']);
    const lines = (await lineOf(admin, ['fees', 'ledger', `${ids[0]}`])).split('\n').map((line) => line.split('\t'));
    expect(lines.map(([, kind, , amount]) => [kind, Number(amount)])).toEqual([
      ['fee', 50_000],
      ['fee', 100_000],
      ['payment', -20_000],
    ]);
    expect(lines.map((line) => Number(line[4]))).toEqual([50_000, 150_000, 130_000]);
    expect(await onScreen(admin, ['fees', 'ledger', `${ids[0]}`], { COLUMNS: '80' })).toMatch(
      /Scolarité · 2026-2027[\s\S]*cash[\s\S]*Owed: .*130,000/,
    );
  });

  test('who has paid nothing has no receipt, and an unknown one is told', async () => {
    const { ids } = await newClass(admin, ['Awa Diop']);
    expect((await admin(['fees', 'receipt', `${ids[0]}`])).code).toBe(6);
    expect(await admin(['fees', 'receipt', `${ids[0]}`, '2026-999999'])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('2026-999999'),
    });
  });
});

describe('students', () => {
  test('move, leave, and come back', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Diop', 'Binta Diop']);
    const next = `${class_name} bis`;
    const names = ids.map(String);
    await lineOf(admin, ['students', 'move', ...names, '--class', next]);
    const inClass = async () =>
      (await json<{ id: number }[]>(admin, ['students', 'list', '--class', next])).map(({ id }) => id);
    expect(await inClass()).toEqual(ids);
    const [id = ''] = names;
    expect(await json(admin, ['students', 'leave', id, '--reason', 'Déménagement'])).toMatchObject({
      status: 'left',
      left_reason: 'Déménagement',
    });
    expect(await inClass()).toEqual(ids.slice(1));
    await lineOf(admin, ['students', 'move', id, '--class', next]);
    expect(await inClass()).toEqual(ids);
  });

  test('who was removed is restored, without what somebody else has by now', async () => {
    const email = `${randomUUID()}@example.sn`;
    const add = (name: string) => lineOf(admin, ['students', 'add', name, '--email', email]);
    const id = await add('Awa Diop');
    await lineOf(admin, ['students', 'remove', id, '--yes']);
    await add('Binta Diop');
    expect((await admin(['students', 'restore', id])).code).toBe(7);
    const back = await json(admin, ['students', 'restore', id, '--without', 'email']);
    expect([back.name, back.email]).toEqual(['Awa Diop', undefined]);
  });

  test('who asked to be enrolled is accepted, into the class that they asked for', async () => {
    const { username, password } = await newAccount();
    const class_name = `K${randomUUID().slice(0, 8)}`;
    const body = { name: 'Awa Diop', email: `${username}@example.sn`, class_name };
    const asked = await call('POST', '/register', { token: await logIn(username, password), body });
    const waiting = await json<{ id: number }[]>(admin, ['students', 'list', '--status', 'pending', '--all']);
    expect(waiting.map(({ id }) => id)).toContain(asked.body.id);
    expect(await json(admin, ['students', 'accept', `${asked.body.id}`])).toEqual([
      expect.objectContaining({ status: 'enrolled', class_name }),
    ]);
  });
});

test('a guardian is named beside another, with what they are, and is one no more', async () => {
  const { ids } = await newClass(admin, ['Awa Diop']);
  const [id = ''] = ids.map(String);
  const [mother, father] = [await newAccount(), await newAccount()];
  const names = async () => (await json<{ guardians: string[] }>(admin, ['guardians', 'show', id])).guardians;
  await lineOf(admin, ['guardians', 'add', id, `${mother.username}:mère`]);
  await lineOf(admin, ['guardians', 'add', id, father.username]);
  expect(await names()).toEqual([mother.username, father.username]);
  const [now] = await json<{ guardians: object[] }[]>(admin, ['guardians', 'history', id]);
  expect(now?.guardians).toEqual([{ username: mother.username, relation: 'mère' }, { username: father.username }]);
  await lineOf(admin, ['guardians', 'remove', id, mother.username]);
  expect(await names()).toEqual([father.username]);
  expect((await admin(['guardians', 'add', id, `nobody-${randomUUID().slice(0, 8)}`])).code).toBe(7);
});

describe('the next school year', () => {
  interface Rolled {
    readonly complete: boolean;
    readonly students: { readonly id: number; readonly outcome: string; readonly to?: string }[];
  }
  const roll = (class_name: string, ids: readonly number[]) => [
    ...['year', 'rollover', '2026-2027', '--move', `${class_name}=${class_name} bis`],
    ...['--student', `${ids[1]}=repeats`, '--student', `${ids[2]}=leaves`],
  ];
  const students = async (ids: readonly number[]) => {
    const found = ids.map((id) => json<{ status: string; class_name?: string }>(admin, ['students', 'show', `${id}`]));
    return (await Promise.all(found)).map(({ status, class_name }) => class_name ?? status);
  };

  test('a dry run tells what would become of every student, and changes nothing', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Diop', 'Binta Diop', 'Coumba Diop']);
    const { students: told } = await json<Rolled>(admin, [...roll(class_name, ids), '--dry-run']);
    const fates = told.filter(({ id }) => ids.includes(id)).map(({ outcome, to }) => [outcome, to]);
    expect(fates).toEqual([
      ['promoted', `${class_name} bis`],
      ['repeats', class_name],
      ['leaves', undefined],
    ]);
    expect(await students(ids)).toEqual([class_name, class_name, class_name]);
  });

  test('it is shown and asked first: Enter alone means no, and where nobody can be asked --yes is needed', async () => {
    const { class_name, ids } = await newClass(admin, ['Awa Diop', 'Binta Diop', 'Coumba Diop']);
    expect(await admin(roll(class_name, ids))).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const seat = sit(admin, roll(class_name, ids));
    await seat.press('Begin 2027-2028 for 3 students?', KEY.enter);
    expect(await seat.ended()).toBe(130);
    expect(seat.text()).toMatch(/Awa Diop[\s\S]+promoted[\s\S]+1 promoted, 0 conditionally, 1 repeat, 1 leave\./);
    expect(await students(ids)).toEqual([class_name, class_name, class_name]);
  });

  test('it begins for the students of a year whose terms are closed; again, it changes nothing twice', async () => {
    const class_name = `R${randomUUID().slice(0, 8)}`;
    const { ids } = await newClass(admin, ['Awa Diop']);
    // A year in which nothing is taught: no term of it is open.
    const line = [...['year', 'rollover', '2030-2031', '--student', `${ids[0]}=promoted:${class_name}`], '--yes'];
    const rolled = await json<Rolled>(admin, line);
    expect([rolled.complete, rolled.students.map(({ to }) => to)]).toEqual([true, [class_name]]);
    expect(await students(ids)).toEqual([class_name]);
    expect((await json<Rolled>(admin, line)).students).toEqual([
      expect.objectContaining({ id: ids[0], why: 'done', to: class_name }),
    ]);
  });
});
