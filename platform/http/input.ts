import type * as z from 'zod';
import english from 'zod/v4/locales/en.js';
import french from 'zod/v4/locales/fr.js';
import { currentScope } from '../scope.ts';
import type { Language, Localized } from './language.ts';
import type { InvalidField } from './problem.ts';
import { problem } from './problems.ts';

const messages = { fr: french().localeError, en: english().localeError };

/** Where an input stands in the request. */
export type Place = 'path' | 'query' | 'body' | 'header';

const escapePointer = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

function pointer(place: Place, path: readonly PropertyKey[]): string {
  const root = place === 'body' ? '#' : place;
  return [root, ...path.map(escapePointer)].join('/');
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return String(issue.params?.code ?? 'invalid_value');
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  return issue.code;
}

function detailOf(issue: z.core.$ZodIssue, language: Language): string {
  const text = issue.code === 'custom' ? (issue.params?.text as Localized | undefined) : undefined;
  return text?.[language] ?? issue.message;
}

function invalidFields(place: Place, issues: readonly z.core.$ZodIssue[], language: Language): InvalidField[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        pointer: pointer(place, [...issue.path, key]),
        detail: issue.message,
        code: 'unknown_field',
      }));
    return [{ pointer: pointer(place, issue.path), detail: detailOf(issue, language), code: codeOf(issue) }];
  });
}

/**
 * The value as its schema gives it.
 * @throws invalid_input, naming each field that is refused
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, place: Place): z.output<S> {
  const language = currentScope()?.language ?? 'fr';
  const result = schema.safeParse(value, { error: messages[language], reportInput: true });
  if (result.success) return result.data;
  throw problem.invalid_input({ errors: invalidFields(place, result.error.issues, language) });
}

/** A single refused field, for rules that no schema can state. */
export const invalidField = (pointer: string, code: string, text: Localized) =>
  problem.invalid_input({ errors: [{ pointer, code, detail: text[currentScope()?.language ?? 'fr'] }] });
