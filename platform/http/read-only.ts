import type * as z from 'zod';
import type { Localized } from '../base/language.ts';
import type { InvalidField } from '../base/problem.ts';
import { problem } from '../base/problems.ts';
import { currentScope } from '../base/scope.ts';
import { canonicalJson } from './canonical.ts';

type Members = Readonly<Record<string, unknown>>;

/** What reading a record shows of it beyond what a change may say. */
export interface ReadOnly {
  readonly names: readonly string[];
  /** Their schemas, as reading shows them. */
  readonly shape: z.core.$ZodLooseShape;
  /** The record as reading shows it. */
  readonly view: (record: unknown) => Members;
}

const UNCHANGEABLE: Localized = {
  fr: 'En lecture seule : retirez ce champ, ou renvoyez-le tel qu’il a été lu',
  en: 'Read-only: leave this field out, or send it as it was read',
};

/**
 * The members that only reading shows, so that what a GET gave may be sent back: they are passed over where they say what
 * is stored.
 * @param shown the answer of reading, which its schema makes of the record
 * @param taken what a change takes
 */
export function readOnlyIn(shown: z.ZodObject, taken: z.ZodObject): ReadOnly {
  const shape = Object.fromEntries(Object.entries(shown.shape).filter(([name]) => !Object.hasOwn(taken.shape, name)));
  return { names: Object.keys(shape), shape, view: (record) => shown.parse(record) as Members };
}

/** The members of a body that say nothing new, and the rest of it. */
export function setApart(body: unknown, readOnly: ReadOnly | undefined): { rest: unknown; sentBack: Members } {
  if (!readOnly || typeof body !== 'object' || body === null || Array.isArray(body))
    return { rest: body, sentBack: {} };
  const isReadOnly = ([name]: [string, unknown]) => readOnly.names.includes(name);
  const members = Object.entries(body);
  const rest = members.filter((member) => !isReadOnly(member));
  return { rest: Object.fromEntries(rest), sentBack: Object.fromEntries(members.filter(isReadOnly)) };
}

/** @throws invalid_input, `read_only` for each member that says something else than what is stored */
export function mustSayTheSame(sentBack: Members, record: unknown, readOnly: ReadOnly | undefined): void {
  const names = Object.keys(sentBack);
  if (!readOnly || names.length === 0) return;
  const stored = record === undefined ? {} : readOnly.view(record);
  const language = currentScope()?.language ?? 'fr';
  const errors = names
    .filter((name) => canonicalJson(sentBack[name]) !== canonicalJson(stored[name]))
    .map((name): InvalidField => ({ pointer: `#/${name}`, code: 'read_only', detail: UNCHANGEABLE[language] }));
  if (errors.length > 0) throw problem.invalid_input({ errors });
}
