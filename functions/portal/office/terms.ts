import * as z from 'zod';
import { missing } from '../kit/api.ts';
import type { Option } from '../kit/form-controls.ts';
import type { Visit } from '../kit/visit.ts';

const Turn = z.object({
  open: z.boolean(),
  by: z.string(),
  at: z.string(),
  class_names: z.array(z.string()).optional(),
  reason: z.string().optional(),
});

/** A term as the office sees it. */
export const Term = z.object({
  id: z.string(),
  name: z.string(),
  starts_on: z.string().optional(),
  ends_on: z.string().optional(),
  parent: z.string().optional(),
  weight: z.number(),
  open: z.boolean(),
  state: z.enum(['open', 'closing', 'closed']),
  history: z.array(Turn).default([]),
});
export type Term = z.output<typeof Term>;

/** All terms of the school, as far as a page of them goes: ten years of them and more. */
export const termsOf = (visit: Visit): Promise<Term[]> => visit.api.get('/terms?limit=200', z.array(Term));

/** The term of an address. @throws Refusal 404 */
export async function termIn(visit: Visit): Promise<Term> {
  const term = (await termsOf(visit)).find(({ id }) => id === visit.variables.term);
  if (!term) throw missing();
  return term;
}

/** The school years: the newest first. */
export const yearsAmong = (terms: readonly Term[]): Term[] =>
  terms
    .filter(({ parent }) => parent === undefined)
    .sort((a, b) => (b.starts_on ?? '').localeCompare(a.starts_on ?? ''));

/** A term and all below it, each with how far below. */
export const branch = (terms: readonly Term[], top: Term, depth = 0): { term: Term; depth: number }[] => [
  { term: top, depth },
  ...terms
    .filter(({ parent }) => parent === top.id)
    .sort((a, b) => (a.starts_on ?? '').localeCompare(b.starts_on ?? ''))
    .flatMap((one) => branch(terms, one, depth + 1)),
];

export const termOptions = (terms: readonly Term[]): Option[] =>
  yearsAmong(terms).flatMap((year) =>
    branch(terms, year).map(({ term, depth }) => ({ value: term.id, text: `${'– '.repeat(depth)}${term.name}` })),
  );
