import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { Table } from '../data/table.ts';
import { allow, anyone } from './access.ts';
import { noContent, ok } from './answer.ts';
import { operation } from './operation.ts';

/*
 * What a request holds follows from what its operation declares. `npm run types` holds each of these: an expected error
 * that does not come is an error.
 */

const table = new Table('NOTES_TABLE');
const common = { route: 'GET /notes', summary: 'Typed', access: allow('admin') } as const;
const answers = { 200: z.object({ who: z.string() }) };

test('a public operation has no caller', () => {
  const declared = operation({
    ...common,
    access: anyone,
    answers,
    // @ts-expect-error there is nobody to ask for
    handle: async ({ caller }) => ok({ who: String(caller) }),
  });
  expect(declared.access.public).toBe(true);
});

test('an operation that is no list has no page', () => {
  const declared = operation({
    ...common,
    answers,
    // @ts-expect-error no page was asked for
    handle: async ({ paging }) => ok({ who: String(paging) }),
  });
  expect(declared.paged).toBe(false);
});

test('a versioned operation answers the version of what it shows', () => {
  const declared = operation({
    ...common,
    versioned: true,
    answers,
    // @ts-expect-error the answer carries no etag
    handle: async () => ok({ who: 'nobody' }),
  });
  expect(declared.versioned).toBe(true);
  const tagged = operation({ ...common, versioned: true, answers, handle: async () => ok({ who: 'x' }, { etag: 1 }) });
  expect(tagged.versioned).toBe(true);
});

test('only an operation that says what it changes can commit, and only what is committed can be remembered', () => {
  const declared = operation({
    ...common,
    answers: { 204: null },
    // @ts-expect-error it changes no table
    handle: ({ commit }) => commit(() => ({ answer: noContent() })),
  });
  expect(declared.changes).toBeUndefined();
  const forgetful = operation({
    ...common,
    answers: { 204: null },
    // @ts-expect-error there is no table to remember the answer in
    idempotent: true,
    handle: async () => noContent(),
  });
  expect(forgetful.changes).toBeUndefined();
});

test('what If-Match is held against has a version', () => {
  const declared = operation({
    ...common,
    versioned: true,
    changes: table,
    answers: { 204: null },
    handle: ({ commit }) =>
      commit(
        // @ts-expect-error the record has no version
        async () => ({ id: 1 }),
        () => ({ answer: noContent() }),
      ),
  });
  expect(declared.changes).toBe(table);
});
