import type * as z from 'zod';
import type { Language, Localized } from '../base/language.ts';
import type { InvalidField } from '../base/problem.ts';
import { problem } from '../base/problems.ts';
import { currentScope } from '../base/scope.ts';
import { exampleAt, nameMeant, wordsFor } from './words.ts';

const words = { fr: wordsFor('fr'), en: wordsFor('en') };

/** Where in the request an input stands. */
export type InputLocation = 'path' | 'query' | 'body' | 'header';

/** The longest name of a field that is repeated to whoever sent it. */
const LONGEST_NAME = 64;

const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);

const escapePointer = (part: PropertyKey): string =>
  shortened(String(part)).replaceAll('~', '~0').replaceAll('/', '~1');

type Place = Pick<InvalidField, 'pointer' | 'parameter' | 'header'>;

/** Where something stands, for who sent it: a JSON pointer into the body, else the name of a parameter or a header. */
function placeOf(location: InputLocation, path: readonly PropertyKey[]): Place {
  if (location === 'body') return { pointer: ['#', ...path.map(escapePointer)].join('/') };
  if (path.length === 0) return {};
  const name = shortened(path.map(String).join('.'));
  return location === 'header' ? { header: name } : { parameter: name };
}

type Issue = z.core.$ZodIssue;

function codeOf(issue: Issue): string {
  if (issue.code === 'custom') return String(issue.params?.code ?? 'invalid_value');
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  return issue.code;
}

const FOR_EXAMPLE: Localized = { fr: 'par exemple', en: 'for example' };

/**
 * What is wrong; of a wrong spelling, with a value that would do, which tells more than the fault. A rule of ours shows one
 * itself, if it has one to show.
 */
function detailOf(schema: z.ZodType, issue: Issue, language: Language): string {
  if (issue.code === 'custom') return (issue.params?.text as Localized | undefined)?.[language] ?? issue.message;
  if (issue.code !== 'invalid_format') return issue.message;
  const example = exampleAt(schema, issue.path, issue.format);
  return example === undefined ? issue.message : `${issue.message}, ${FOR_EXAMPLE[language]} ${example}`;
}

function unknownField(name: string, meant: string | undefined, isField: boolean): Localized {
  const [fr, en] = isField ? ['Champ inconnu', 'Unknown field'] : ['Paramètre inconnu', 'Unknown parameter'];
  return {
    fr: `${fr} : ${shortened(name)}${meant ? ` ; vouliez-vous dire ${meant} ?` : ''}`,
    en: `${en}: ${shortened(name)}${meant ? `; did you mean ${meant}?` : ''}`,
  };
}

const isOfAnotherType = ({ code, path }: Issue): boolean => code === 'invalid_type' && path.length === 0;

/** Of a value that may be one of several things: what is wrong with it as the one whose type it has, if it is one. */
function asMeant(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [branch, ...others] = issue.errors.filter((issues) => !issues.some(isOfAnotherType));
  if (!branch || others.length > 0) return [issue];
  return branch.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

function* invalidFields(
  schema: z.ZodType,
  location: InputLocation,
  issues: readonly Issue[],
  language: Language,
): Generator<InvalidField> {
  for (const issue of issues.flatMap(asMeant)) {
    if (issue.code !== 'unrecognized_keys') {
      yield { ...placeOf(location, issue.path), detail: detailOf(schema, issue, language), code: codeOf(issue) };
      continue;
    }
    for (const key of issue.keys) {
      const text = unknownField(key, nameMeant(schema, issue.path, key), location === 'body');
      yield { ...placeOf(location, [...issue.path, key]), detail: text[language], code: 'unknown_field' };
    }
  }
}

/** The first fault of each field: of a text in a wrong format, several rules may say so. What a whole breaks is each told. */
function oncePerField(fields: Iterable<InvalidField>): InvalidField[] {
  const seen = new Set<string>();
  return [...fields].filter(({ pointer, parameter, header }) => {
    const place = JSON.stringify([pointer, parameter, header]);
    const told = seen.has(place);
    if (pointer?.includes('/') || parameter || header) seen.add(place);
    return !told;
  });
}

/**
 * The value as its schema gives it.
 * @throws invalid_input, naming the fields that are refused
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, location: InputLocation): z.output<S> {
  const language = currentScope()?.language ?? 'fr';
  const result = schema.safeParse(value, { error: words[language], reportInput: true });
  if (result.success) return result.data;
  throw problem.invalid_input({ errors: oncePerField(invalidFields(schema, location, result.error.issues, language)) });
}

/**
 * A single refused field, for rules that no schema can state.
 * @param place a JSON pointer into the body (`#/items`), else `query`, `path` or `header` with a name: `query/limit`
 */
export function invalidField(place: string, code: string, text: Localized) {
  const [location = '', ...path] = place.split('/');
  const where: Place = location === '#' ? { pointer: place } : placeOf(location as InputLocation, path);
  return problem.invalid_input({ errors: [{ ...where, code, detail: text[currentScope()?.language ?? 'fr'] }] });
}
