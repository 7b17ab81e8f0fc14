import { load } from 'js-yaml';
import { textOf } from '../../project/root.ts';
import { counted, MAILS, PAGES, QUEUES } from './effects.ts';
import { SHARED_KEYS, type SharedKey } from './keys.ts';
import { ASSUMED_MS, OPERATIONS } from './operations.ts';
import type { Year } from './year.ts';

/** What is looked at: a year of all that a stack bears, that of one of its schools, and over how many keys lists are spread. */
export interface Load {
  readonly stack: Year;
  readonly school: Year;
  readonly shards: number;
}

/** Something that bears so much and no more. */
export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly unit: string;
  /** Whether each school has its own, where a stack holds several. */
  readonly own?: true;
  /** How much of it there is, at the worst moment of a year. */
  readonly of: (load: Load) => number;
  /** What happens above it. */
  readonly happens: string;
  /** What is changed then. */
  readonly remedy: string;
}

/** What `serverless.yml` sets for a stage, as far as it is a limit. */
interface StageSettings {
  readonly throttleRate: number;
  readonly openRate: number;
  readonly authorizerConcurrency: number;
  readonly openConcurrency: number;
  readonly consumerConcurrency: number;
}

/** The limits that a stage has of `serverless.yml`. */
export function settingsOf(stage: string): StageSettings {
  const { params } = load(textOf('serverless.yml')) as { params: Record<string, StageSettings> };
  return { ...params.default, ...params[stage] } as StageSettings;
}

/** What AWS allows by itself, late 2026, in a large region. What can be raised by asking says so under `remedy`. */
export const QUOTAS = {
  gatewayCalls: 10_000,
  functionsAtOnce: 1_000,
  parametersASecond: 40,
  parametersFaster: 10_000,
  tableReads: 40_000,
  tableWrites: 40_000,
  newTableReads: 12_000,
  newTableWrites: 4_000,
  keyReads: 3_000,
  keyWrites: 1_000,
  mailsASecond: 14,
} as const;

/** A function that starts reads one parameter or two. */
const PARAMETERS_A_START = 1.5;

const METHODS = [...new Set([...OPERATIONS.values()].map(({ method }) => method)), PAGES];
const CONTEXTS = [...new Set([...OPERATIONS.values()].map(({ context }) => context))];

const second =
  (...names: readonly string[]) =>
  ({ stack }: Load): number =>
    names.reduce((most, name) => Math.max(most, stack.busiestSecond(name)), 0);

/** Changes of one item that wait for one another, each for the round trips between its reading and its writing. */
const changesASecond: Readonly<Record<string, number>> = {
  'the receipts of a year': 1000 / ((OPERATIONS.get('confirm a payment')?.run.seconds ?? 1) * 1000),
  'the busiest article': 1000 / ASSUMED_MS.turn,
};

const SHARD_IT = 'raise `SHARDS`, which spreads it without a pause';

/** What is to be done about a key, where it is not one that `SHARDS` spreads. */
const REMEDIES: Readonly<Record<string, string>> = {
  'the receipts of a year': 'a counter for each cash desk, as a part of the number',
  'the busiest article': 'split its stock over ten items and take from a random one',
  'numbers of students (`SEQUENCE#student`)': 'hand out blocks of 100 numbers',
  'the terms': 'remember the terms for some seconds in each function, as those that write marks do',
  'the school': 'remember it for some seconds in each function',
};

function keyLimit(key: SharedKey): Limit {
  const { name, counts, sharded } = key;
  const most = { writes: QUOTAS.keyWrites, reads: QUOTAS.keyReads, changes: changesASecond[name] ?? 0 }[counts];
  return {
    name,
    most: Math.round(most),
    own: true,
    unit: { writes: 'write units/s on one key', reads: 'read units/s on one key', changes: 'changes/s, one by one' }[
      counts
    ],
    of: ({ school, shards }) => school.busiestSecond(counted.key(name)) / (sharded ? shards : 1),
    happens: counts === 'changes' ? 'some are told `busy`' : 'throttled, tried again, then 503 `busy`',
    remedy: REMEDIES[name] ?? (sharded ? SHARD_IT : 'shard the key by the last digit of the id'),
  };
}

/** The limits of the stage's own settings. A consumer that is full lets its queue grow; all others refuse. */
function ownLimits(stage: string): Limit[] {
  const own = settingsOf(stage);
  const refused = '429 with `Retry-After`';
  const limits: Limit[] = [
    {
      ...{ name: 'a method, by the stage’s throttle', most: own.throttleRate, unit: 'calls/s' },
      of: second(...METHODS.map(counted.method)),
      ...{ happens: refused, remedy: '`throttleRate`, up to the account’s' },
    },
    {
      ...{ name: 'signing in, by the throttle of what anybody may call', most: own.openRate, unit: 'calls/s' },
      of: second(counted.method('sign in')),
      ...{ happens: refused, remedy: '`openRate`, and `openConcurrency` with it' },
    },
    {
      ...{ name: 'the authorizer’s share', most: own.authorizerConcurrency, unit: 'at once' },
      of: second(counted.authorizers),
      ...{ happens: 'calls answered 500 by the gateway', remedy: '`authorizerConcurrency`' },
    },
    {
      ...{ name: 'the share of what hashes passwords', most: own.openConcurrency, unit: 'at once' },
      of: second(counted.signIns),
      ...{ happens: 'sign-ins fail with 5xx, others do not', remedy: '`openConcurrency`' },
    },
    {
      ...{ name: 'a consumer’s share', most: own.consumerConcurrency, unit: 'at once' },
      of: second(...QUEUES.map(counted.handling)),
      ...{ happens: 'its queue grows, nothing is lost', remedy: '`consumerConcurrency`' },
    },
  ];
  return limits.filter(({ most }) => most > 0);
}

/** The limits of the account and of the tables. */
const QUOTA_LIMITS: readonly Limit[] = [
  {
    ...{ name: 'API Gateway, the account in a region', most: QUOTAS.gatewayCalls, unit: 'calls/s' },
    of: second(counted.calls),
    ...{ happens: '429 with `Retry-After`', remedy: 'a higher quota; then several accounts (cells)' },
  },
  {
    ...{ name: 'Lambda, the account in a region', most: QUOTAS.functionsAtOnce, unit: 'at once' },
    of: second(counted.running),
    ...{ happens: '5xx; the account’s `ThrottlesAlarm`', remedy: 'a higher quota: tens of thousands are given' },
  },
  {
    ...{ name: 'Parameter Store, as it comes', most: QUOTAS.parametersASecond, unit: 'reads/s' },
    of: ({ stack }) => PARAMETERS_A_START * stack.jump(counted.running),
    ...{
      happens: '500 for a second or two, while functions start',
      remedy: '`high-throughput-enabled`, at the first school',
    },
  },
  {
    ...{ name: 'Parameter Store with high throughput', most: QUOTAS.parametersFaster, unit: 'reads/s' },
    of: ({ stack }) => PARAMETERS_A_START * stack.jump(counted.running),
    ...{ happens: 'the same', remedy: 'several accounts (cells)' },
  },
  {
    ...{ name: 'e-mails, as SES gives them at first', most: QUOTAS.mailsASecond, unit: '/s' },
    of: second(counted.queue(MAILS)),
    ...{ happens: 'they wait in the queue and are tried again', remedy: 'a higher sending quota' },
  },
  ...(
    [
      ['reads', counted.readsOf, QUOTAS.newTableReads, QUOTAS.tableReads],
      ['writes', counted.writesOf, QUOTAS.newTableWrites, QUOTAS.tableWrites],
    ] as const
  ).flatMap(([kind, of, first, later]) => [
    {
      ...{ name: `a new table, ${kind}`, most: first, unit: `${kind.slice(0, -1)} units/s` },
      of: second(...CONTEXTS.map(of)),
      ...{ happens: 'throttled for half an hour', remedy: '`WarmThroughput` before the first day' },
    },
    {
      ...{ name: `a table, ${kind}`, most: later, unit: `${kind.slice(0, -1)} units/s` },
      of: second(...CONTEXTS.map(of)),
      ...{ happens: 'throttled, tried again, then 503 `busy`', remedy: 'a higher quota' },
    },
  ]),
];

/** Everything that bears so much and no more, of a stage as it is deployed. */
export const limitsOf = (stage: string): Limit[] => [
  ...ownLimits(stage),
  ...QUOTA_LIMITS,
  ...SHARED_KEYS.map(keyLimit),
];
