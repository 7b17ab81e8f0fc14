import { beforeAll, expect, test } from '@jest/globals';
import { admin, call } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

/** A value inside so many lists, or objects. */
const inLists = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const inObjects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

test.each([
  ['lists', inLists],
  ['objects', inObjects],
])('a body of 32 levels of %s is read and judged, one of 33 is malformed', async (_, nested) => {
  const codeOf = async (rawBody: string) => {
    const headers = { 'Content-Type': 'application/json' };
    return (await call(handler, 'POST /notes', { as: admin, rawBody, headers })).body.code;
  };
  expect(await codeOf(nested(32))).toBe('invalid_input');
  expect(await codeOf(nested(33))).toBe('malformed_json');
});
