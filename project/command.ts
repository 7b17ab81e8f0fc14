import { parseArgs } from 'node:util';
import { Problem } from '../platform/base/problem.ts';
import { messageOf } from './failure.ts';

/** An option of a command: a flag, or one that takes a value. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly default?: string;
  /** What stands for its value in the help: `URL`. */
  readonly value?: string;
  readonly help: string;
}

type Options = Readonly<Record<string, Option>>;

/** What was given for each option: `true` for a flag, undefined where it was left out and has no default. */
export type Given<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends { readonly type: 'boolean' }
    ? boolean | undefined
    : O[Name] extends { readonly default: string }
      ? string
      : string | undefined;
};

/** A command of the project as its help shows it. */
interface Command<O extends Options> {
  /** How it is called: `npm run dlq -- list|redrive <queue>`. */
  readonly usage: string;
  /** What it does; lines of its own for each way to call it. */
  readonly about: string;
  readonly options: O;
  /** What a failure begins with: `No admin created`. */
  readonly failure: string;
  /** How many words it takes beside its options. */
  readonly words: readonly [least: number, most: number];
  readonly run: (given: Given<O>, words: readonly string[]) => Promise<void>;
}

/** A command line that cannot be meant: answered with what can. */
export class Misuse extends Error {}

function helpOf({ usage, about, options }: Command<Options>): string {
  const shown = Object.entries({ ...options, help: { type: 'boolean', help: 'this text' } satisfies Option });
  const names = shown.map(([name, { value }]: [string, Option]) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...names.map(({ length }) => length));
  const lines = shown.map(([, option]: [string, Option], i) => {
    const otherwise = option.default === undefined ? '' : ` (${option.default})`;
    return `  ${(names[i] ?? '').padEnd(width)}  ${option.help}${otherwise}`;
  });
  return `${usage}\n\n${about.trim()}\n\n${lines.join('\n')}\n`;
}

/** What a person can do about failures that AWS's SDK and the system word for programs. */
const REMEDIES: readonly [RegExp, string][] = [
  [
    /CredentialsProviderError|Could not load credentials/,
    'no AWS credentials: set AWS_PROFILE, or sign in with "aws sso login"',
  ],
  [/Region is missing/, 'no AWS region: set AWS_REGION, for example eu-west-3'],
  [/ExpiredToken|security token .* (?:expired|invalid)/, 'the AWS credentials are no longer valid: sign in again'],
  [/QueueDoesNotExist|NonExistentQueue|specified queue does not exist/i, 'there is no such queue'],
];

/** Where a connection went that nobody took. */
const refused = (error: unknown): string | undefined => {
  if (error instanceof AggregateError) return error.errors.map(refused).find(Boolean);
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  return code === 'ECONNREFUSED' ? `nothing answers at ${address}:${port}` : undefined;
};

/** Why something failed, in one line for a person: no stack, nothing that was typed. */
export function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.errors?.map(({ detail }) => detail).join('; ') ?? error.kind.title.en;
  const { name = '' } = error as { name?: string };
  const [line = ''] = messageOf(error).split('\n');
  const known = REMEDIES.find(([pattern]) => pattern.test(`${name} ${line}`))?.[1];
  return refused(error) ?? known ?? (line || name);
}

/** The words and options of a command line. @throws Misuse that names what is unknown */
function parsed(options: Options, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          Object.entries(options).map(([name, { type, default: otherwise }]) => [
            name,
            { type, ...(otherwise !== undefined && { default: otherwise }) },
          ]),
        ),
        help: { type: 'boolean' as const },
      },
    });
    return { values, positionals };
  } catch (error) {
    throw new Misuse(messageOf(error).split('. ')[0]);
  }
}

/**
 * Runs a command of the project: the one way in which options are read, help is given (`--help`) and failures are told,
 * each in one line, with exit code 1 (2 for a command line that cannot be meant).
 */
export async function command<const O extends Options>(one: Command<O>, args = process.argv.slice(2)): Promise<void> {
  try {
    const { values, positionals } = parsed(one.options, args);
    const [least, most] = one.words;
    if (values.help) {
      process.stdout.write(helpOf(one as unknown as Command<Options>));
      return;
    }
    if (positionals.length < least) throw new Misuse('something is missing');
    if (positionals.length > most) throw new Misuse(`too much: ${positionals.slice(most).join(' ')}`);
    await one.run(values as Given<O>, positionals);
  } catch (error) {
    const misused = error instanceof Misuse;
    process.stderr.write(
      misused ? `${error.message}. Usage: ${one.usage} (--help tells more)\n` : `${one.failure}: ${reasonOf(error)}\n`,
    );
    process.exitCode = misused ? 2 : 1;
  }
}
