import { beforeAll, describe, expect, test } from '@jest/globals';
import type * as z from 'zod';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import type { Operation } from '../../platform/http/operation.ts';
import { readContexts } from '../../project/contexts.ts';
import { admin, call, type Identity, student } from '../support/call.ts';
import { fc } from '../support/draws.ts';
import { operationsOf } from '../support/project.ts';
import { createContext } from '../support/tables.ts';

/*
 * No answer is larger than a bound, whatever it refuses: an error for each of n faults that repeats all n of them grows
 * with their square, and a request of some kilobytes then stalls everybody. Held for every operation, so that no new one
 * can bring it back.
 */

/** Twenty refused fields, each with a name of 64 characters twice (six bytes each, escaped) and some words, and the rest. */
const MOST_BYTES = 24 * 1024;

const RUNS = { numRuns: 4 };

type Served = readonly [operation: Operation, handler: HttpHandler];
let served: Served[] = [];

beforeAll(async () => {
  const contexts = readContexts();
  await createContext(...(contexts.map(({ name }) => name) as [string, ...string[]]));
  const { streamingEndpoint } = await import('../../platform/http/streaming.ts');
  const operations = await Promise.all(contexts.flatMap(({ lambdas }) => lambdas).map(operationsOf));
  served = operations.flatMap((some) => some ?? []).map((one) => [one, streamingEndpoint(one)] as const);
});

/** A path of the operation's route, with something that its variables take. */
const pathOf = ({ route }: Operation): string => route.replace(/\{[^}]+\}/g, '71');

const fieldsOf = ({ body }: Operation): string[] => {
  let schema = body as (z.ZodType & { shape?: object; unwrap?: () => z.ZodType }) | undefined;
  while (schema && !schema.shape && schema.unwrap) schema = schema.unwrap();
  return Object.keys(schema?.shape ?? {});
};

const numbered = (n: number, name: string): Record<string, number> =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${name}${i}`, i]));

const howMany = fc.integer({ min: 1, max: 3000 });
const name = fc.oneof(
  fc.constant('k'),
  fc.constant('é'.repeat(200)),
  fc.constant('"\\\n~/'),
  fc.string({ minLength: 1 }),
);

/** Somebody whom the operation lets in: an admin, but where it is for students alone. */
const someoneFor = ({ access }: Operation): Identity =>
  access.roles.length === 1 && access.roles[0] === 'student' ? student() : admin;

describe('every operation answers within the bound', () => {
  test('any number of unknown fields', async () => {
    for (const [operation, handler] of served.filter(([{ body }]) => body)) {
      const property = fc.asyncProperty(howMany, name, async (n, key) => {
        const body = numbered(n, key);
        const { text } = await call(handler, pathOf(operation), { as: someoneFor(operation), body });
        expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
      });
      await fc.assert(property, RUNS);
    }
  });

  test('any number of items, in the place of each field', async () => {
    for (const [operation, handler] of served.filter(([{ body }]) => body)) {
      const field = fc.constantFrom('unknown', ...fieldsOf(operation));
      const item = fc.constantFrom<unknown>(0, {}, { x: 1 }, '', null, [[]]);
      const property = fc.asyncProperty(fc.integer({ min: 0, max: 12_000 }), field, item, async (n, key, one) => {
        const body = { [key]: Array.from({ length: n }, () => one) };
        const { text } = await call(handler, pathOf(operation), { as: someoneFor(operation), body });
        expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
      });
      await fc.assert(property, RUNS);
    }
  });

  test('any number of query parameters', async () => {
    for (const [operation, handler] of served) {
      const property = fc.asyncProperty(howMany, name, async (n, key) => {
        const query = new URLSearchParams(
          Object.keys(numbered(n, key)).map((parameter): [string, string] => [parameter, '1']),
        );
        const { text, status } = await call(handler, `${pathOf(operation)}?${query}`, { as: someoneFor(operation) });
        expect(status).toBe(400);
        expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
      });
      await fc.assert(property, RUNS);
    }
  });
});

test('of many refused fields twenty are named, and the rest are counted', async () => {
  const [operation, handler] = served.find(([{ route }]) => route === 'POST /persons') as Served;
  const { body } = await call(handler, pathOf(operation), { as: admin, body: numbered(120, 'k') });
  expect(body.errors).toHaveLength(20);
  // The name, which is missing, is one of them.
  expect(body.more_errors).toBe(101);
});
