import * as z from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { compact, type JsonObject } from './json.ts';
import type { Schemas } from './schemas.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` });

const inHeader = (name: string, description: string, schema: JsonObject): JsonObject => ({
  name,
  in: 'header',
  description,
  schema,
});

/** The parameters that many operations share. */
export const parameterComponents: JsonObject = {
  'Accept-Language': inHeader('Accept-Language', 'French unless English is preferred', {
    type: 'string',
    examples: ['en', 'fr-SN, en;q=0.5'],
  }),
  'Idempotency-Key': inHeader('Idempotency-Key', 'The same key and request give the first answer again, for 24 hours', {
    type: 'string',
    pattern: '^[\\x21-\\x7e]{1,255}$',
  }),
  'If-Match': inHeader(
    'If-Match',
    'The `ETag` that was read: the change is refused when it is no longer the present one',
    {
      type: 'string',
      examples: ['"3"', '*'],
    },
  ),
  'If-None-Match': inHeader('If-None-Match', 'An `ETag`: 304 without a body when it is still the present one', {
    type: 'string',
    examples: ['"3"'],
  }),
};

function fromObject(place: 'path' | 'query', object: z.ZodObject, schemas: Schemas): JsonObject[] {
  return Object.entries(object.shape).map(([name, member]) => {
    const { description, ...schema } = schemas.of(member, 'input');
    const required = place === 'path' || !z.safeParse(member, undefined).success;
    return compact({ name, in: place, description, required: required || undefined, schema });
  });
}

/** Everything that an operation takes beside its body, under one of its routes: an alias may name less in its path. */
export function parametersOf(operation: Operation, route: Route, schemas: Schemas): JsonObject[] {
  const { path, query, idempotentIn, versioned } = operation;
  const reads = route.startsWith('GET ');
  return [
    ...fromObject('path', path, schemas).filter(({ name }) => route.includes(`{${name}}`)),
    ...fromObject('query', query, schemas),
    ref('Accept-Language'),
    ...(idempotentIn ? [ref('Idempotency-Key')] : []),
    ...(versioned ? [ref(reads ? 'If-None-Match' : 'If-Match')] : []),
  ];
}
