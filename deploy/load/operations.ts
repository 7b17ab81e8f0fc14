import { load } from 'js-yaml';
import { readContexts } from '../../project/contexts.ts';
import { textOf } from '../../project/root.ts';

/** Whose operation it is: the table that it works in. */
const CONTEXTS = {
  'sign in': 'auth',
  'who am I': 'auth',
  'read a person': 'persons',
  'a page of 20 persons': 'persons',
  'read a health record': 'health',
  'add a measurement': 'health',
  'register a student': 'registration',
  'read a student': 'registration',
  'a page of 20 students': 'registration',
  'my students': 'registration',
  'what a student owes': 'registration',
  'confirm a payment': 'registration',
  'notify the grades': 'registration',
  'add a mark': 'grades',
  'enter the results of 32': 'grades',
  'read the marks, as the student': 'grades',
  'read the marks, as a teacher': 'grades',
  'the report of a student': 'grades',
  'statistics of a class': 'grades',
  'statistics of a class, after a mark': 'grades',
  'the ten best': 'grades',
  'the ten best, after a mark': 'grades',
  'my notices': 'grades',
  'a page of 20 articles': 'orders',
  'read an article': 'orders',
  'buy an article': 'orders',
  'order an article': 'orders',
  'pay an order': 'orders',
  'read an order': 'orders',
  'my purchases': 'orders',
} as const;

/** An operation that `npm run bench -- units` measures, by its name there. */
export type OperationName = keyof typeof CONTEXTS;

/** Assumed, and not to be measured on one machine: milliseconds. */
export const ASSUMED_MS = {
  /** A round trip to DynamoDB, as a function sees it. */
  turn: 5,
  /** From a function through the gateway to another one, both ways. */
  hop: 10,
  /** Answers that a page of the portal waits for come in so many rounds. */
  rounds: 2,
  /** What a consumer needs for a message. */
  message: 20,
} as const;

/** Lambda hands out the CPU with the memory: a whole one at so many megabytes. */
const WHOLE_CPU_MB = 1769;

interface Bench {
  readonly rows: readonly { readonly what: string; readonly median: number }[];
  readonly detail?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

const { benches } = JSON.parse(textOf('bench/results.json')) as { benches: Readonly<Record<string, Bench>> };

/** @throws Error where the board has no such figure */
function measured(bench: string, what: string): number {
  const row = benches[bench]?.rows.find((one) => one.what === what);
  if (!row) throw new Error(`The board has no “${what}” under ${bench}`);
  return row.median;
}

const { provider } = load(textOf('serverless.yml')) as { provider: { memorySize: number } };
const memories = new Map(
  readContexts().flatMap(({ lambdas }) => lambdas.map(({ name, memorySize }) => [name, memorySize] as const)),
);

/** Megabytes of a function: what its context declares, or what all have. */
const memoryOf = (lambda: string): number => memories.get(lambda) ?? provider.memorySize;

/** Seconds of a function: what it computes, by its share of a CPU, and the round trips that wait for one another. */
const seconds = (lambda: string, cpuMs: number, turns: number): number =>
  (cpuMs / (memoryOf(lambda) / WHOLE_CPU_MB) + turns * ASSUMED_MS.turn) / 1000;

const STACK_MS = measured('warm', 'the whole stack') / 1000;
const HASH_MS = measured('authorizer', 'argon2id');

/** A run of a function: how long it takes and how much memory it holds meanwhile. */
export interface Run {
  readonly seconds: number;
  readonly gigabytes: number;
}

const run = (lambda: string, cpuMs: number, turns: number): Run => ({
  seconds: seconds(lambda, cpuMs, turns),
  gigabytes: memoryOf(lambda) / 1024,
});

/** What lets a call in. One read unit, too. */
export const AUTHORIZER: Run = run('authorizer', measured('authorizer', 'the authorizer') / 1000, 1);

/** A call of an API that reads by a key: what a peer is asked. */
const ASKED: Run = run('', STACK_MS, 1);

/** A page of the portal, whose calls take so many seconds each with all that lets them in. */
export const pageRun = (call: number): Run => {
  const own = run('portal', STACK_MS, 0);
  return { ...own, seconds: own.seconds + ASSUMED_MS.rounds * (ASSUMED_MS.hop / 1000 + AUTHORIZER.seconds + call) };
};

/** What a call of an operation takes. */
export interface Operation {
  readonly name: OperationName;
  readonly context: string;
  /** How the gateway knows it: what is the same but for who asks, or when, is one method. */
  readonly method: string;
  /** Whether anybody may call it, so that no authorizer runs. */
  readonly open: boolean;
  readonly reads: number;
  readonly writes: number;
  /** Calls of other contexts that are made for it; their units are counted among its own. */
  readonly asked: number;
  readonly run: Run;
}

const column = (row: readonly string[], head: string): string =>
  row[benches.units?.detail?.head.indexOf(head) ?? -1] ?? '';

/** Each call of a peer is two round trips, its authorizer's and its own: `2 + 2`. */
const askedIn = (trips: string): number => Number(trips.split('+')[1] ?? 0) / 2;

function operation(name: OperationName): Operation {
  const row = benches.units?.detail?.rows.find(([first]) => first === name);
  if (!row) throw new Error(`“${name}” is not measured: npm run bench -- units`);
  const turns = Number(column(row, 'in turn'));
  const asked = askedIn(column(row, 'round trips'));
  const open = name === 'sign in';
  const own = open ? run('sessions', STACK_MS + HASH_MS, turns) : run('', STACK_MS, turns - 2 * asked);
  const waiting = asked * (ASSUMED_MS.hop / 1000 + AUTHORIZER.seconds + ASKED.seconds);
  return {
    ...{ name, open, asked, context: CONTEXTS[name], method: name.split(',')[0] ?? name },
    reads: Number(column(row, 'read units')),
    writes: Number(column(row, 'write units')),
    run: { ...own, seconds: own.seconds + waiting },
  };
}

/** Every operation that is measured, as it was measured last (bench/results.json). @throws Error where one is missing */
export const OPERATIONS: ReadonlyMap<OperationName, Operation> = new Map(
  (Object.keys(CONTEXTS) as OperationName[]).map((name) => [name, operation(name)]),
);

/** What is asked of a peer, as a run of its own. */
export const PEER = ASKED;
