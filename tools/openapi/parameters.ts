import * as z from 'zod';
import type { oas31, ZodOpenApiParameters } from 'zod-openapi';
import { ASSESSMENTS, FIRST_TERM, idOf, THIS_YEAR } from '../../functions/grades/demo-school.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { PageQuery } from '../../platform/http/paging.ts';

const ref = (name: string): oas31.ReferenceObject => ({ $ref: `#/components/parameters/${name}` });

const inHeader = (name: string, description: string, schema: oas31.SchemaObject): oas31.ParameterObject => ({
  name,
  in: 'header',
  description,
  schema,
});

/** The parameters that many operations share. */
export const parameterComponents: Record<string, oas31.ParameterObject> = {
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

/** What an operation takes in its path (an alias may name less there) and its query. */
export const requestParamsOf = ({ path, query }: Operation, route: Route): ZodOpenApiParameters => ({
  path: z
    .object(Object.fromEntries(Object.entries(path.shape).filter(([name]) => route.includes(`{${name}}`))))
    .required(),
  query,
});

/** A parameter as the description holds it. */
export interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  allowEmptyValue?: boolean;
  example?: unknown;
  readonly schema?: { minLength?: number };
}

/** Says of the filters among some parameters that one left empty, as forms send it, is as if it were absent. */
export function allowEmptyFilters(parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.in !== 'query' || parameter.required || parameter.name in PageQuery.shape) continue;
    parameter.allowEmptyValue = true;
    if (parameter.schema?.minLength === 1) delete parameter.schema.minLength;
  }
}

/** An assessment of the demo, in which student 1 has a result. */
const [, ASSESSMENT] = ASSESSMENTS.map(idOf);

/**
 * What of the demo data stands for the variable of a path, or for what a list must be asked for: of `/orders/{id}/…`, an
 * account; a session has none.
 */
const DEMO: readonly [path: RegExp, name: RegExp, example: unknown][] = [
  [/^\/orders\/\{id\}\/(?:buy|purchases)$/, /^id$/, 'victor'],
  [/^\/(?:persons|students|products|health)\//, /^(?:id|person_id|student_id)$/, 1],
  [/./, /^(?:student_id|person_id)$/, 1],
  [/^\/assessments\//, /^id$/, ASSESSMENT],
  [/^\/terms\//, /^id$/, FIRST_TERM.id],
  [/./, /^term$/, FIRST_TERM.id],
  [/^\/classes/, /^year$/, THIS_YEAR.id],
  [/^\/students/, /^year$/, THIS_YEAR.name],
  [/./, /^result_id$/, ASSESSMENT],
  [/./, /^version$/, 1],
  [/./, /^class_name$/, 'Terminale S1'],
  [/./, /^subject$/, 'Mathématiques'],
  [/./, /^username$/, 'victor'],
  [/^\/problems\//, /^code$/, 'not_found'],
  [/^\/docs\//, /^asset$/, 'style.css'],
];

/** Of what a query may leave out, these have examples too: what is made up for them names nothing that there is. */
const SHOWN = /^(?:term|year|class_name)$/;

/** Gives each variable of a path, and what a query must hold, an example that the demo data has, so that what is made from the description works. */
export function showDemoData(path: string, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.in !== 'path' && !parameter.required && !SHOWN.test(parameter.name)) continue;
    const [, , example] = DEMO.find(([where, name]) => where.test(path) && name.test(parameter.name)) ?? [];
    if (example !== undefined) parameter.example = example;
  }
}

/** The headers that an operation reads, under one of its routes. */
export function headersOf({ idempotent, versioned }: Operation, route: Route): oas31.ReferenceObject[] {
  const reads = route.startsWith('GET ');
  return [
    ref('Accept-Language'),
    ...(idempotent ? [ref('Idempotency-Key')] : []),
    ...(versioned ? [ref(reads ? 'If-None-Match' : 'If-Match')] : []),
  ];
}
