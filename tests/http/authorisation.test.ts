import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ROLES, type Role } from '../../platform/http/access.ts';
import { readContexts } from '../../project/contexts.ts';
import { type Answer, call } from '../support/http.ts';
import { apiRoutesOf } from '../support/project.ts';
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

const contexts = await Promise.all(
  readContexts().map(async ({ name, lambdas }) => ({ name, routes: await apiRoutesOf(lambdas) })),
);
const deployed = contexts.flatMap(({ routes }) => routes);

const WHOSE = ['own', 'others', 'missing'] as const;
type WhoseName = (typeof WHOSE)[number] | 'ward';

/** What a role is to get, of each object where the path names one. */
function expectedOf({ roles }: Row, role: Role): Whose {
  const expected = roles?.[role] ?? roles?.student ?? 0;
  return typeof expected === 'number' ? [expected, expected, expected] : expected;
}

/** A caller, and whoever owns the object that is not theirs: new ones only where the call uses something up. */
const people = async (role: Role, { spends, cast = '' }: Row, refused: boolean): Promise<[Actor, Actor]> =>
  spends && !refused
    ? Promise.all([newActor(role), newActor('student')])
    : Promise.all([sharedActor(role, `caller ${cast}`), sharedActor('student', `other ${cast}`)]);

/** A path with its variables, one after the other, in the place of which a target stands: `12`, or `12/7`. */
function addressed(template: string, target: string): string {
  const values = target.split('/');
  return template.replaceAll(/\{\w+\}/g, () => encodeURIComponent(values.shift() ?? ''));
}

async function perform(row: Row, role: Role, whose: WhoseName, expected: number): Promise<Answer> {
  const [caller, other] = await people(role, row, expected >= 400);
  const of = {
    own: () => row.target?.of(caller),
    others: () => row.target?.of(other),
    missing: row.target?.missing,
    ward: () => row.target?.ward?.(caller),
  };
  const [method = '', template = ''] = row.route.split(' ');
  const target = row.target ? ((await of[whose]?.()) ?? '') : '';
  const body = row.body && { body: await row.body(caller) };
  const query = row.query ? `?${await row.query()}` : '';
  return call(method, addressed(template, target) + query, { token: caller.token, ...body });
}

const told = ({ status, body }: Answer) => {
  const { request_id: _, ...rest } = body ?? {};
  return { status, ...rest };
};

test('every operation of the API is in the authorisation matrix, once, and nothing else is', () => {
  const tabled = rows.map(({ route }) => route);
  const faults = contexts.flatMap(({ name, routes: all }) =>
    all
      .filter(({ route }) => !tabled.includes(route))
      .map(({ route }) => `tests/http/authorisation/${name}.ts lacks ${route}`),
  );
  const routes: string[] = deployed.map(({ route }) => route);
  faults.push(...tabled.filter((one) => !routes.includes(one)).map((one) => `no context.yml has the row ${one}`));
  expect(faults).toEqual([]);
  expect(new Set(tabled).size).toBe(tabled.length);
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
        const each = expectedOf(row, role);
        const wards = row.target?.ward ? [[row.route, role, 'ward', row.guardians ?? each[1], row] as const] : [];
        const others = (row.target ? WHOSE : (['own'] as const)).map(
          (whose, i) => [row.route, role, whose, each[i] ?? 0, row] as const,
        );
        return [...others, ...wards];
      })
    : [],
);

test.each(cells)('%s by %s: %s is %i', async (_, role, whose, status, row) => {
  expect((await perform(row, role, whose, status)).status).toBe(status);
});

describe('a stranger cannot tell somebody else’s object from a missing one', () => {
  const hidden = rows.flatMap((row) =>
    row.target && row.roles
      ? ROLES.filter((role) => expectedOf(row, role)[1] === 404).map((role) => [row.route, role, row] as const)
      : [],
  );
  test.each(hidden)('%s by %s', async (_, role, row) => {
    const [others, missing] = [await perform(row, role, 'others', 404), await perform(row, role, 'missing', 404)];
    expect(told(others)).toEqual(told(missing));
  });
});
