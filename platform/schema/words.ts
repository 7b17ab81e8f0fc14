import * as z from 'zod';
import english from 'zod/v4/locales/en.js';
import french from 'zod/v4/locales/fr.js';
import type { Language, Localized } from '../base/language.ts';
import { nearest } from './nearest.ts';

const messages = { fr: french().localeError, en: english().localeError };

const REQUIRED: Localized = { fr: 'Ce champ est obligatoire', en: 'This field is required' };
const FORMAT: Localized = { fr: 'Ce format ne convient pas', en: 'This format does not fit' };

/** JSON's types by the names that people know. */
const TYPES: Readonly<Record<string, Localized>> = {
  string: { fr: 'un texte', en: 'a text' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  boolean: { fr: 'true ou false', en: 'true or false' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un objet', en: 'an object' },
  record: { fr: 'un objet', en: 'an object' },
  null: { fr: 'null', en: 'null' },
};

/** A value that would do, where a schema gives none of its own. */
const EXAMPLES: Readonly<Record<string, string>> = {
  email: 'awa.diop@example.sn',
  date: '2008-12-31',
  datetime: '2026-11-20T09:00:00Z',
  uuid: '0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d',
  guid: '0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d',
};

/** What zod says of an issue, in words for people: no pattern, no type of a programming language. */
export function wordsFor(language: Language): z.core.$ZodErrorMap {
  return (issue) => {
    if (issue.code === 'invalid_type') {
      if (issue.input === undefined) return REQUIRED[language];
      const wanted = TYPES[issue.expected]?.[language];
      if (wanted) return language === 'fr' ? `Il faut ici ${wanted}` : `This must be ${wanted}`;
    }
    // The locales would show the pattern.
    if (issue.code === 'invalid_format' && issue.format === 'regex') return FORMAT[language];
    return messages[language](issue);
  };
}

type Schema = z.core.$ZodType;
type Def = Partial<Record<'innerType' | 'in' | 'element' | 'valueType', Schema>> & {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly options?: readonly Schema[];
};

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

/** A schema and what it wraps, from the outside in. */
function* layers(schema: Schema | undefined): Generator<Schema> {
  for (let one = schema; one; ) {
    yield one;
    const { innerType, in: input }: Def = defOf(one);
    one = innerType ?? input;
  }
}

function child(schema: Schema, key: PropertyKey): Schema | undefined {
  for (const layer of layers(schema)) {
    const { shape, element, valueType, options } = defOf(layer);
    const found = shape?.[String(key)] ?? element ?? valueType;
    if (found) return found;
    for (const option of options ?? []) {
      const inOption = child(option, key);
      if (inOption) return inOption;
    }
  }
  return undefined;
}

/** The schema of a part of an input; undefined where there is none. */
const schemaAt = (schema: Schema, path: readonly PropertyKey[]): Schema | undefined =>
  path.reduce<Schema | undefined>((at, key) => at && child(at, key), schema);

/** The names that an object may have, of a union all of them. */
function namesIn(schema: Schema | undefined): string[] {
  return [...layers(schema)].flatMap((layer) => {
    const { shape, options } = defOf(layer);
    return [...Object.keys(shape ?? {}), ...(options ?? []).flatMap(namesIn)];
  });
}

/** A value that would do at this place: what the schema gives as an example, or one of its format. */
export function exampleAt(
  schema: Schema,
  path: readonly PropertyKey[],
  format: string | undefined,
): string | undefined {
  for (const layer of layers(schemaAt(schema, path))) {
    const meta = z.globalRegistry.get(layer);
    const override = meta?.override as { examples?: readonly unknown[] } | undefined;
    const [example] = override?.examples ?? meta?.examples ?? [];
    if (typeof example === 'string' || typeof example === 'number') return String(example);
  }
  return format && EXAMPLES[format];
}

/** The known name that an unknown one was meant to be, most likely. */
export const nameMeant = (schema: Schema, path: readonly PropertyKey[], unknown: string): string | undefined =>
  nearest(unknown, namesIn(schemaAt(schema, path)));
