import type { Api } from './api/connect.ts';
import { Misuse } from './failure.ts';
import { type Words, words } from './language.ts';
import type { Output } from './output/output.ts';
import type { Session } from './session/session.ts';
import type { Terminal } from './terminal.ts';

/** What a command takes: how its text is read, and how the help shows it. */
export interface Value<T> {
  /** What stands for it in the help: `CLASS`. A flag has none. */
  readonly shown?: string;
  readonly about: Words;
  readonly choices?: readonly string[];
  /** It may be given again, and all of them count. */
  readonly many?: boolean;
  /** An argument that may be left out. */
  readonly optional?: boolean;
  /** @throws Misuse when the text is not one */
  readonly read: (text: string) => T;
}

export type Values = Readonly<Record<string, Value<unknown>>>;

/** What was given for each option. */
export type Chosen<O extends Values> = {
  readonly [Name in keyof O]: O[Name] extends Value<infer T> ? T | undefined : never;
};

/** What was given for each argument: all that is not optional is there. */
export type Given<A extends Values> = {
  readonly [Name in keyof A]: A[Name] extends { readonly optional: true } & Value<infer T>
    ? T | undefined
    : A[Name] extends Value<infer T>
      ? T
      : never;
};

/** What a command works with. */
export interface Office {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly session: Session;
  /** The school's API, as whoever is signed in. */
  readonly api: Api;
  /** Asks before something is taken away. @throws Misuse where nobody can be asked, Interrupted when it is refused */
  readonly confirm: (question: { readonly en: string; readonly fr: string }) => Promise<void>;
  /** A command by how it is called: `students add`. */
  readonly find: (path: string) => Promise<Command>;
  /** All that was piped in. @throws Misuse when somebody would have to type it */
  readonly piped: () => Promise<string>;
}

/** A command, as help, completion, the pages of docs/ and the program read it. */
export interface Command<A extends Values = Values, O extends Values = Values> {
  readonly about: Words;
  /** The operation whose answer `--json` prints; a schema where it is nobody's answer; none where nothing is printed. */
  readonly answers?: string | Readonly<Record<string, unknown>>;
  readonly args?: A;
  readonly options?: O;
  readonly examples: readonly (readonly [line: string, about: Words])[];
  readonly run: (given: Given<A> & Chosen<O>, office: Office) => Promise<Output>;
}

/** A command whose `run` knows the types of what it is given. */
export const command = <const A extends Values = Record<never, never>, const O extends Values = Record<never, never>>(
  one: Command<A, O>,
): Command => one as unknown as Command;

export const text = (shown: string, about: Words): Value<string> => ({ shown, about, read: (given) => given });

/** An e-mail address, as far as it is seen at once; the API looks closer. */
export const email = (about: Words): Value<string> => ({
  shown: 'ADDRESS',
  about,
  read: (given) => {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.trim()))
      throw new Misuse(words(`not an e-mail address: ${given}`, `ce n'est pas une adresse e-mail : ${given}`));
    return given;
  },
});

/** A phone number, as far as it is seen at once; the API knows the countries. */
export const phone = (about: Words): Value<string> => ({
  shown: 'NUMBER',
  about,
  read: (given) => {
    if ((given.match(/\p{Nd}/gu) ?? []).length < 6 || /\p{L}/u.test(given))
      throw new Misuse(words('a phone number is like +221 77 123 45 67', 'un téléphone est comme +221 77 123 45 67'));
    return given;
  },
});

/** The same value, of which the empty text takes away what is there. */
export const orNothing = (value: Value<string>): Value<string | null> => ({
  ...value,
  read: (given) => (given === '' ? null : value.read(given)),
});

/** A text of which the empty one takes away what is there. */
export const clearable = (shown: string, about: Words): Value<string | null> => ({
  shown,
  about,
  read: (given) => given || null,
});

const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;

/** A number with a point or a comma. @throws Misuse */
export function numberOf(given: string): number {
  if (!NUMBER.test(given.trim()))
    throw new Misuse(words(`not a number: ${given}`, `ce n'est pas un nombre : ${given}`));
  return Number(given.trim().replace(',', '.'));
}

export const number = (shown: string, about: Words): Value<number> => ({ shown, about, read: numberOf });

/** A whole number from 1 on. */
export const whole = (shown: string, about: Words): Value<number> => ({
  shown,
  about,
  read: (given) => {
    if (!/^[1-9]\d{0,14}$/.test(given.trim()))
      throw new Misuse(words(`not a number from 1 on: ${given}`, `ce n'est pas un nombre à partir de 1 : ${given}`));
    return Number(given.trim());
  },
});

export const flag = (about: Words): Value<true> => ({ about, read: () => true });

export const choice = <const T extends string>(choices: readonly T[], about: Words): Value<T> => ({
  shown: choices.join('|'),
  about,
  choices,
  read: (given) => {
    const found = choices.find((one) => one === given.toLowerCase());
    if (found === undefined)
      throw new Misuse(
        words(`${given} is none of ${choices.join(', ')}`, `${given} ne fait pas partie de ${choices.join(', ')}`),
      );
    return found;
  },
});

/** The same value, which may be left out. */
export const optional = <T>(value: Value<T>) => ({ ...value, optional: true }) as const satisfies Value<T>;

/** The same value, given as often as one likes; at least once, unless it is optional too. */
export const many = <T>(value: Value<T>) => ({ ...value, many: true }) as unknown as Value<readonly T[]>;

/** What of it was given: a query or a body without what was left out. */
export const sent = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name];
  } & { [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> };
