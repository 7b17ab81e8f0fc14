import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { admin, call, guardian, type Identity, student, teacher } from '../../tests/support/call.ts';
import { keyPart } from '../base/key-part.ts';
import { problem } from '../base/problems.ts';
import { type Access, allow, Caller, type RestrictedAccess, reachable, signedIn } from './access.ts';
import { ok } from './answer.ts';
import { endpoint } from './endpoint.ts';
import { operation } from './operation.ts';

const record = { username: 'victor', guardians: ['mother', 'prof'] };

const caller = ({ username, role }: Identity, access: Access): Caller =>
  new Caller({ username: keyPart(username), role, sessionId: keyPart('session') }, access);

const callers = {
  admin,
  teacher: { username: 'another', role: 'teacher' },
  'a teacher who is a parent': teacher,
  owner: student('victor'),
  'another student': student('kilian'),
  parent: guardian('mother'),
  'a parent of somebody else': guardian('father'),
  'a student who is named': student('mother'),
} as const satisfies Record<string, Identity>;

describe('who reaches a record of victor’s, whose guardians are mother and prof', () => {
  test.each<[string, RestrictedAccess, (keyof typeof callers)[]]>([
    ['admin', allow('admin'), ['admin']],
    ['admin and owner', allow('admin', 'owner'), ['admin', 'owner']],
    [
      'admin, owner and guardian',
      allow('admin', 'owner', 'guardian'),
      ['admin', 'a teacher who is a parent', 'owner', 'parent', 'a student who is named'],
    ],
    ['guardian alone', allow('guardian'), ['a teacher who is a parent', 'parent', 'a student who is named']],
    [
      'teacher and guardian',
      allow('teacher', 'guardian'),
      ['teacher', 'a teacher who is a parent', 'parent', 'a student who is named'],
    ],
  ])('where it is open to %s', (_, access, expected) => {
    const reaching = Object.entries(callers).filter(([, who]) => caller(who, access).mayReach(record));
    expect(reaching.map(([name]) => name)).toEqual(expected);
  });

  test('nobody but a role, where it names neither an owner nor guardians', () => {
    for (const empty of [{}, { guardians: [] }, { username: undefined, guardians: undefined }, undefined])
      for (const who of [student('victor'), guardian('mother')])
        expect(caller(who, allow('admin', 'owner', 'guardian')).mayReach(empty)).toBe(false);
  });

  test('the role of a guardian opens what is open to everybody who is signed in, and no record', () => {
    expect(caller(guardian(), signedIn).entitled).toBe(true);
    expect(caller(guardian(), allow('admin', 'teacher', 'guardian')).entitled).toBe(false);
  });
});

const Shown = z.object({ username: z.string() });

const asking = operation({
  route: 'GET /asking',
  summary: 'Asks whose it is',
  access: allow('admin', 'guardian'),
  answers: { 200: Shown },
  handle: async ({ caller }) => ok(reachable(record, caller, problem.not_found)),
});
const forgetful = operation({
  route: 'GET /forgetful',
  summary: 'Never asks',
  access: allow('admin', 'guardian'),
  answers: { 200: Shown },
  handle: async () => ok(record),
});
const closed = operation({
  route: 'GET /closed',
  summary: 'Not for families',
  access: allow('admin', 'teacher'),
  answers: { 200: Shown },
  handle: async () => ok(record),
});
const handler = endpoint(asking, forgetful, closed);

describe('an operation', () => {
  const statusFor = async (path: string, as: Identity) => (await call(handler, `GET /${path}`, { as })).status;

  test('that is open to guardians answers the record’s own, and 404 to everybody else', async () => {
    expect(await statusFor('asking', guardian('mother'))).toBe(200);
    expect(await statusFor('asking', teacher)).toBe(200);
    for (const as of [guardian('father'), student('victor'), { ...teacher, username: 'another' }])
      expect(await statusFor('asking', as)).toBe(404);
  });

  test('that is open to guardians and forgets to ask answers them nothing', async () => {
    expect(await statusFor('forgetful', guardian('mother'))).toBe(500);
    expect(await statusFor('forgetful', admin)).toBe(200);
  });

  test('that is not open to them is 403 to the role, as to a student', async () => {
    expect(await statusFor('closed', guardian('mother'))).toBe(403);
    expect(await statusFor('closed', student('victor'))).toBe(403);
  });
});
