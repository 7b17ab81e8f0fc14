import { beforeAll, expect, test } from '@jest/globals';
import { json, newAccount, newClass, type Person, signedIn, somebody } from './command-line.ts';
import { KEY, sit } from './screen.ts';

const { enter, down, escape: leave, save, up } = KEY;

let admin: Person;
beforeAll(async () => {
  admin = await signedIn('admin', 'admin');
});

test('without a command, who is not signed in signs in by prompts, and finds the menu of their role', async () => {
  const { username, password } = await newAccount();
  const seat = sit(somebody());
  await seat.press('Username', `${username}${enter}`);
  await seat.press('Password', `${password}${enter}`);
  await seat.press(/student · http[\s\S]+Quit/, leave);
  expect(await seat.ended()).toBe(0);
  expect(seat.text()).not.toContain(password);
  expect(seat.text()).not.toContain('Accounts');
});

test('a wrong password is told, and asked for again', async () => {
  const { username, password } = await newAccount();
  const seat = sit(somebody());
  await seat.press('Username', `${username}${enter}`);
  await seat.press('Password', `wrong${enter}`);
  await seat.press(/Error: [\s\S]+Username/, `${username}${enter}`);
  await seat.press('Password', `${password}${enter}`);
  await seat.press('What shall it be?', leave);
  expect(await seat.ended()).toBe(0);
});

test('an admin adds a student by prompts that say what is wrong as it is typed', async () => {
  const { username } = await newAccount();
  const seat = sit(admin);
  await seat.press('What shall it be?', enter);
  await seat.press('By average', down.repeat(4));
  await seat.press('❯ Add', enter);
  await seat.press('First and family name', `Awa Diop${enter}`);
  await seat.press('E-mail address', `${username}`);
  await seat.press('not an e-mail address', `@example.sn${enter}`);
  await seat.press('Phone number', enter);
  await seat.press('The class', enter);
  await seat.press('A first mark', '21');
  await seat.press('a mark is from 0 to 20, not 21', `\u007f\u007f12${enter}`);
  await seat.press(/is enrolled as number \d+/, leave);
  await seat.press('What shall it be?', leave);
  expect(await seat.ended()).toBe(0);
  const id = /as number (\d+)/.exec(seat.text())?.[1] ?? '';
  expect(await json(admin, ['marks', 'show', id])).toEqual({ name: 'Awa Diop', grades: [12] });
});

test("a class's marks are entered in a grid that refuses what is too high, and stored together", async () => {
  const { class_name, ids } = await newClass(admin, ['Awa Diop', 'Binta Diop', 'Coumba Diop']);
  const id = (await admin(['assessments', 'add', 'Devoir', '--class', class_name, '--out-of', '10'])).stdout.trim();
  const seat = sit(admin, ['assessments', 'enter', id]);
  await seat.press('0/3', `11${enter}`);
  await seat.press('from 0 to 10', `\u007f${enter}abs${enter}`);
  await seat.press('2/3', `7,5${up}${down}${save}`);
  expect(await seat.ended()).toBe(0);
  expect(seat.text()).toContain('3 marks are stored.');
  const report = (student: number) =>
    json<{ results: { id: string; score?: number; status?: string }[] }>(admin, ['report', `${student}`]);
  const found = await Promise.all(ids.map(report));
  const results = found.map(({ results }) => results.find((one) => one.id === id));
  expect(results).toMatchObject([{ score: 1 }, { status: 'absent' }, { score: 7.5 }]);
});

test('leaving the grid stores nothing', async () => {
  const { class_name } = await newClass(admin, ['Awa Diop']);
  const id = (await admin(['assessments', 'add', 'Devoir', '--class', class_name])).stdout.trim();
  const seat = sit(admin, ['assessments', 'enter', id]);
  await seat.press('0/1', '7');
  await seat.press('1/1', leave);
  expect(await seat.ended()).toBe(130);
});

test('removing asks, and Enter alone means no', async () => {
  const { ids } = await newClass(admin, ['Awa Diop']);
  const seat = sit(admin, ['students', 'remove', `${ids[0]}`]);
  await seat.press('Remove student', enter);
  expect(await seat.ended()).toBe(130);
  expect((await admin(['students', 'show', `${ids[0]}`])).code).toBe(0);
});
