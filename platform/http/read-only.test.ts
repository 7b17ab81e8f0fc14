import { expect, test } from '@jest/globals';
import * as z from 'zod';
import type { Problem } from '../base/problem.ts';
import { mustSayTheSame, readOnlyIn, setApart } from './read-only.ts';

const Shown = z.object({
  id: z.int(),
  name: z.string(),
  made: z.object({ by: z.string(), at: z.string() }).optional(),
});
const Taken = z.strictObject({ name: z.string(), secret: z.string().optional() });
const readOnly = readOnlyIn(Shown, Taken);
const stored = { id: 7, name: 'Awa', made: { by: 'admin', at: 'today' }, version: 3, hidden: true };

function refusals(sentBack: Record<string, unknown>): (readonly [string, string])[] {
  try {
    mustSayTheSame(sentBack, stored, readOnly);
    return [];
  } catch (error) {
    return ((error as Problem).errors ?? []).map(({ pointer = '', code }) => [pointer, code] as const);
  }
}

test('read-only is what is shown and not taken', () => {
  expect(readOnly.names).toEqual(['id', 'made']);
  const body = { id: 1, name: 'Awa', version: 3, made: null };
  expect(setApart(body, readOnly)).toEqual({ rest: { name: 'Awa', version: 3 }, sentBack: { id: 1, made: null } });
});

test.each([[null], ['text'], [[{ id: 7 }]], [12], [undefined]])('%j is left to the schema of the body', (body) => {
  expect(setApart(body, readOnly)).toEqual({ rest: body, sentBack: {} });
});

test('an operation without such members has its body whole', () => {
  expect(setApart({ id: 1 }, undefined)).toEqual({ rest: { id: 1 }, sentBack: {} });
});

test.each([
  [{}, []],
  [{ id: 7 }, []],
  [{ made: { at: 'today', by: 'admin' } }, []],
  [{ id: 8 }, ['#/id']],
  [{ id: '7' }, ['#/id']],
  [{ id: null, made: null }, ['#/id', '#/made']],
  [{ made: { by: 'admin' } }, ['#/made']],
])('%j differs in %j', (sentBack, pointers) => {
  expect(refusals(sentBack)).toEqual(pointers.map((pointer) => [pointer, 'read_only']));
});

test('where nothing is stored nothing can be sent back', () => {
  expect(() => mustSayTheSame({ id: 7 }, undefined, readOnly)).toThrow('invalid_input');
  expect(() => mustSayTheSame({}, undefined, readOnly)).not.toThrow();
});
