import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ROLES, type Role } from '../../platform/http/access.ts';
import { readContexts, routesOf } from '../../tools/contexts.ts';
import { type Answer, call } from '../support/http.ts';
import { newActor, sharedActor } from './authorisation/actors.ts';
import type { Actor, Row, Whose } from './authorisation/row.ts';

const folder = new URL('./authorisation/', import.meta.url);
const NOT_TABLES = ['row.ts', 'actors.ts', 'targets.ts', 'shop-targets.ts'];

/** Every row: each context has its own file of them. */
const tables = await Promise.all(
  readdirSync(folder)
    .filter((name) => !NOT_TABLES.includes(name))
    .map(async (name) => (await import(new URL(name, folder).href)) as { rows: readonly Row[] }),
);
const rows = tables.flatMap((table) => table.rows);

const deployed = readContexts().flatMap(({ lambdas }) => lambdas.flatMap(routesOf));

const WHOSE = ['own', 'others', 'missing'] as const;
type WhoseName = (typeof WHOSE)[number];

/** A caller, and whoever owns the object that is not theirs. */
const people = async (role: Role, { spends }: Row): Promise<[caller: Actor, other: Actor]> =>
  spends
    ? Promise.all([newActor(role), newActor('student')])
    : Promise.all([sharedActor(role), sharedActor('student', 'other')]);

async function perform(row: Row, role: Role, whose: WhoseName): Promise<Answer> {
  const [caller, other] = await people(role, row);
  const of = { own: () => row.target?.of(caller), others: () => row.target?.of(other), missing: row.target?.missing };
  const [method = '', template = ''] = row.route.split(' ');
  const target = row.target ? encodeURIComponent((await of[whose]?.()) ?? '') : '';
  const body = row.body && { body: await row.body(caller) };
  return call(method, template.replace(/\{\w+\}/, target), { token: caller.token, ...body });
}

const told = ({ status, body }: Answer) => {
  const { request_id: _, ...rest } = body ?? {};
  return { status, ...rest };
};

test('every operation of the API is in the authorisation matrix, once, and nothing else is', () => {
  const routes = deployed.map(({ route }) => route);
  expect(rows.map(({ route }) => route).sort()).toEqual(routes.sort());
});

test('just the public operations stand outside the authorizer', () => {
  const open = deployed.filter(({ authorized }) => !authorized).map(({ route }) => route);
  expect(
    rows
      .filter((row) => row.public)
      .map(({ route }) => route)
      .sort(),
  ).toEqual(open.sort());
});

test.each(rows.map((row) => [row.route, row] as const))('%s without a token', async (_, row) => {
  const [method = '', template = ''] = row.route.split(' ');
  const path = template.replace(/\{\w+\}/, '1');
  const body = row.body && { body: await row.body(undefined) };
  expect((await call(method, path, { ...body })).status).toBe(row.public ?? 401);
  if (!row.public) expect((await call(method, path, { token: 'a.b.c', ...body })).status).toBe(401);
});

const cells = rows.flatMap((row) =>
  row.roles
    ? ROLES.flatMap((role) => {
        const expected = row.roles?.[role] ?? 0;
        const each: Whose = typeof expected === 'number' ? [expected, expected, expected] : expected;
        return (row.target ? WHOSE : (['own'] as const)).map(
          (whose, i) => [row.route, role, whose, each[i] ?? 0, row] as const,
        );
      })
    : [],
);

test.each(cells)('%s by %s: %s is %i', async (_, role, whose, status, row) => {
  expect((await perform(row, role, whose)).status).toBe(status);
});

describe('a stranger cannot tell somebody else’s object from a missing one', () => {
  const hidden = rows.flatMap((row) =>
    ROLES.filter((role) => {
      const expected = row.roles?.[role];
      return typeof expected === 'object' && expected[1] === 404;
    }).map((role) => [row.route, role, row] as const),
  );
  test.each(hidden)('%s by %s', async (_, role, row) => {
    const [others, missing] = [await perform(row, role, 'others'), await perform(row, role, 'missing')];
    expect(told(others)).toEqual(told(missing));
  });
});
