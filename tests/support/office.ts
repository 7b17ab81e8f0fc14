import { randomUUID } from 'node:crypto';
import { pathOf } from './http.ts';
import { overHttp, type PageAnswer, Visitor } from './visitor.ts';

/** Somebody who works with pages, signed in to the Campus that runs. */
export async function workingAs(username: string, password: string): Promise<Visitor> {
  const visitor = new Visitor(overHttp, { language: 'fr' });
  await visitor.signIn(username, password);
  return visitor;
}

/** Fills in the form of a page and sends it, and shows what that leads to. */
export async function filled(
  visitor: Visitor,
  path: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<PageAnswer> {
  const action = path.split('?')[0] ?? path;
  return visitor.follow(await visitor.submit(await visitor.get(path), action, typed));
}

/** Some letters that no name had before. */
export const letters = (): string =>
  randomUUID()
    .replaceAll(/[^a-f]/g, '')
    .slice(0, 8)
    .padEnd(6, 'x');

export const aPhone = (): string => `77${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;

/** Enrols somebody new by the page. @returns their number and what their record shows */
export async function enrolled(
  office: Visitor,
  typed: Readonly<Record<string, string>> = {},
): Promise<[id: string, record: PageAnswer]> {
  const names = { first_name: 'Awa', last_name: `Test${letters()}`, class_name: 'Sixième Bureau', phone: aPhone() };
  const shown = await office.get('/portal/students/new');
  const sent = await office.submit(shown, '/portal/students/new', { ...names, ...typed });
  const id = /\/students\/(\d+)\/record/.exec(pathOf(sent.headers.location ?? ''))?.[1] ?? '';
  return [id, await office.follow(sent)];
}

/** Somebody new with an account of their own, signed in. */
export async function newcomer(): Promise<[visitor: Visitor, username: string, password: string]> {
  const visitor = new Visitor(overHttp, { language: 'fr' });
  const [username, password] = [`u${randomUUID().slice(0, 8)}`, 'une phrase assez longue'];
  const typed = { username, password, password_again: password };
  await visitor.submit(await visitor.get('/register'), '/portal/register', typed);
  return [visitor, username, password];
}
