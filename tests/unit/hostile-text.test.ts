import { afterAll, beforeAll, expect, test } from '@jest/globals';
import examples from '../../docs/examples.json' with { type: 'json' };
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { readContexts } from '../../project/contexts.ts';
import { declarationsOf, type NamedOperation } from '../../tools/openapi/operations.ts';
import { admin, call, type Identity, student } from '../support/call.ts';
import { json, type PeerStub, startPeer } from '../support/peer.ts';
import { createContext } from '../support/tables.ts';

/*
 * A text that a stranger sends becomes part of a key: of a table (2,048 bytes), of a sort key or an index (1,024). Texts
 * grow as they are normalised and folded, and not all of them are text. Each place of each operation that takes one gets
 * them all; none may be our failure.
 */

const HOSTILE = [
  // Eighteen letters each, once it is decomposed.
  '\ufdfa'.repeat(256),
  // Five each.
  '㍿'.repeat(120),
  '\ufb03'.repeat(100),
  // Four bytes each, and cut in the middle half a character.
  `a${'🎓'.repeat(127)}`,
  `${'é'.repeat(63)}😀`,
  // Halves of a character.
  'a\ud83d',
  '\udc00b',
  'a\u0000b',
  '#',
  'x#y#z',
  '__proto__',
  'a'.repeat(2048),
  Buffer.from('victor\0\ud83d\0family\0secret').toString('base64url'),
  Buffer.from(`${'\ufdfa'.repeat(300)}\0s\0f\0x`).toString('base64url'),
];

type Served = NamedOperation & { readonly handler: HttpHandler };
type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

let peer: PeerStub;
let served: Served[] = [];

beforeAll(async () => {
  const contexts = readContexts();
  await createContext(...(contexts.map(({ name }) => name) as [string, ...string[]]));
  peer = await startPeer();
  peer.behave((request, response) => {
    const id = Number(/\d+$/.exec(request.url ?? '')?.[0]);
    json(200, { id, username: 'victor', role: 'student', disabled: false })(request, response);
  });
  const { streamingEndpoint } = await import('../../platform/http/streaming.ts');
  const declarations = await Promise.all(contexts.map(declarationsOf));
  const operations = declarations.flatMap((one) => one.operations);
  served = operations.map((one) => ({ ...one, handler: streamingEndpoint(one.operation) }));
});
afterAll(() => peer.stop());

/** The request of the example of an operation. */
function exampleOf(name: string): Json | undefined {
  const seen = (examples as Record<string, Record<string, { request?: Json }>>)[name] ?? {};
  return Object.values(seen).find(({ request }) => request !== undefined)?.request;
}

/** A value with each of its texts, one at a time, replaced by the hostile one. */
function* poisoned(value: Json, text: string): Generator<Json> {
  if (typeof value === 'string') yield text;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value))
    for (const bad of poisoned(member, text)) {
      const copy = structuredClone(value) as Record<string, Json>;
      copy[name] = bad;
      yield copy as Json;
    }
}

/** An example with a text in the place of every field that it leaves out. */
function completed({ operation, name }: Served): Json | undefined {
  if (!operation.body) return undefined;
  const { shape = {} } = operation.body as { shape?: Record<string, unknown> };
  const fields = Object.fromEntries(Object.keys(shape).map((field) => [field, 'x']));
  const example = exampleOf(name);
  return typeof example === 'object' && !Array.isArray(example) ? { ...fields, ...example } : fields;
}

const CALLERS: readonly Identity[] = [admin, student('victor')];

async function attempts(one: Served, text: string): Promise<(readonly [what: string, body: Json | undefined])[]> {
  const { route, query } = one.operation;
  const path = route.replace(/\{[^}]+\}/g, '71');
  const example = exampleOf(one.name);
  const encoded = text.isWellFormed() ? encodeURIComponent(text) : encodeURIComponent(text.toWellFormed());
  const inPath = route.includes('{') ? [route.replace(/\{[^}]+\}/, encoded.slice(0, 6000))] : [];
  const inQuery = Object.keys(query.shape).map((name) => `${path}?${name}=${encoded}`);
  const whole = completed(one);
  const bodies = [example, whole].flatMap((body) => (body === undefined ? [] : [...poisoned(body, text)]));
  return [
    ...[...inPath, ...inQuery].map((what) => [what, example] as const),
    ...bodies.map((body) => [path, body] as const),
  ];
}

test('no text that anybody sends is our failure, whatever it becomes part of', async () => {
  const failures = new Set<string>();
  for (const one of served)
    for (const text of HOSTILE)
      for (const [what, body] of await attempts(one, text))
        for (const as of CALLERS) {
          const { status } = await call(one.handler, what, { as, ...(body !== undefined && { body }) });
          if (status >= 500)
            failures.add(`${one.operation.route} ${JSON.stringify(body ?? what).slice(0, 80)} ${status}`);
        }
  expect([...failures]).toEqual([]);
});
