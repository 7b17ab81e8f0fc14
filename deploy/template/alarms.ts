import { add, deadLetterQueues, ofType, type Resource, referred, type Template } from '../../project/template.ts';
import { relays, type Schedule, schedules } from './schedules.ts';
import type { Settings } from './settings.ts';

/** Five minutes: one lost data point is no reason to wake anybody, two in a row are. */
const PERIOD_SECONDS = 300;
const OLDEST_MESSAGE_SECONDS = 300;
const OLDEST_EVENT_MS = 300_000;
const P99_MS = 2_000;
const SERVER_ERRORS = 5;
/** Wrong passwords in five minutes, each of which made the next one wait: a class that mistypes comes to some ten. */
const GUESSES = 100;
/** Sessions in five minutes of which a token came twice: an answer that was lost on its way makes one. */
const REUSED = 10;
/** The share of calls that may fail while a release is under way. */
const ERROR_RATE = 0.02;

interface Condition {
  readonly why: string;
  /** The alarm sounds above it, or below it. */
  readonly threshold: number;
  readonly below?: boolean;
  /** How many of them in a row. */
  readonly periods?: number;
  /** How long each is. */
  readonly seconds?: number;
  readonly missing?: 'notBreaching' | 'breaching';
}

interface Watch extends Condition {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, unknown>>;
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'p99';
}

/**
 * Alarms for whatever the template has: its API, functions, tables, queues, dead letters and outboxes. Only where
 * somebody is told, or a release is taken back for them: each is paid for.
 */
export function addAlarms(template: Template, { stage, alarmEmail, canary }: Settings): void {
  if (!alarmEmail && canary === 'none') return;
  const dead = deadLetterQueues(template);
  const queues = ofType(template, 'AWS::SQS::Queue');
  const watches = {
    ...apiWatches(template, stage),
    ...attackWatches(stage),
    ...Object.fromEntries(queues.filter(([id]) => dead.has(id)).map(([id]) => [`${id}Alarm`, deadLetters(id)])),
    ...Object.fromEntries(queues.filter(([id]) => !dead.has(id)).map(([id]) => [`${id}LagAlarm`, queueLag(id)])),
    ...Object.fromEntries(ofType(template, 'AWS::DynamoDB::Table').flatMap(([id]) => tableThrottles(id))),
    ...relayWatches(relays(template), stage),
    ...Object.fromEntries(unreported(template).map((id) => [`${id}ErrorsAlarm`, functionErrors(id)])),
  };
  add(template, Object.fromEntries(Object.entries(watches).map(([id, watch]) => [id, watching(watch)])));
  add(template, { AlarmTopic: alarmTopic(alarmEmail) });
}

const alarmTopic = (email: string): Resource => ({
  Type: 'AWS::SNS::Topic',
  Properties: { ...(email && { Subscription: [{ Protocol: 'email', Endpoint: email }] }) },
});

/** When an alarm sounds, and who is told. */
const sounds = ({ why, threshold, below = false, periods = 1, missing = 'notBreaching' }: Condition) => ({
  AlarmDescription: why,
  EvaluationPeriods: periods,
  Threshold: threshold,
  ComparisonOperator: below ? 'LessThanThreshold' : 'GreaterThanThreshold',
  TreatMissingData: missing,
  AlarmActions: [{ Ref: 'AlarmTopic' }],
  OKActions: [{ Ref: 'AlarmTopic' }],
});

const watching = ({
  namespace,
  metric,
  dimensions = {},
  statistic,
  seconds = PERIOD_SECONDS,
  ...condition
}: Watch): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...sounds(condition),
    Namespace: namespace,
    MetricName: metric,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...(statistic === 'p99' ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
    Period: seconds,
  },
});

function apiWatches(template: Template, stage: string): Record<string, Watch> {
  const api = ofType(template, 'AWS::ApiGateway::RestApi')[0]?.[1];
  const dimensions = { ApiName: api?.Properties.Name, Stage: stage };
  const namespace = 'AWS/ApiGateway';
  return {
    ApiServerErrorsAlarm: {
      why: 'The API answers 5xx',
      namespace,
      metric: '5XXError',
      dimensions,
      statistic: 'Sum',
      threshold: SERVER_ERRORS,
    },
    // Each call reports a failure as one and a success as none, so the average is the rate: five failures of a million
    // calls are no reason to take a release back, and two of three on a quiet evening are.
    ApiErrorRateAlarm: {
      why: 'One call in fifty fails: a release under way is taken back',
      namespace,
      metric: '5XXError',
      dimensions,
      statistic: 'Average',
      threshold: ERROR_RATE,
      seconds: 60,
    },
    ApiLatencyAlarm: {
      why: 'One request in a hundred takes over two seconds',
      namespace,
      metric: 'Latency',
      dimensions,
      statistic: 'p99',
      threshold: P99_MS,
      periods: 2,
    },
  };
}

/** Attacks that the limits of `functions/auth` slow down and nobody would see otherwise. */
function attackWatches(stage: string): Record<string, Watch> {
  const ours = { namespace: `Campus/${stage}`, dimensions: { system: 'campus' }, statistic: 'Sum' } as const;
  return {
    GuessingAlarm: {
      ...ours,
      why: 'Somebody guesses passwords: the lines "audit" of the log say at which accounts, and from where',
      metric: 'guessing_blocked',
      threshold: GUESSES,
    },
    ReuseAlarm: {
      ...ours,
      why: 'Tokens of many sessions come twice, as copied ones do: the lines "audit" of the log say whose',
      metric: 'tokens_reused',
      threshold: REUSED,
    },
  };
}

const queueDimensions = (id: string) => ({ QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } });

const deadLetters = (id: string): Watch => ({
  why: 'A message could not be handled: the portal (or npm run dlq) shows it and sends it again',
  namespace: 'AWS/SQS',
  metric: 'ApproximateNumberOfMessagesVisible',
  dimensions: queueDimensions(id),
  statistic: 'Maximum',
  threshold: 0,
});

const queueLag = (id: string): Watch => ({
  why: 'A consumer does not keep up',
  namespace: 'AWS/SQS',
  metric: 'ApproximateAgeOfOldestMessage',
  dimensions: queueDimensions(id),
  statistic: 'Maximum',
  threshold: OLDEST_MESSAGE_SECONDS,
});

/** Two, since emulators know no alarm on the sum of two metrics. */
const tableThrottles = (id: string): [string, Watch][] =>
  ['Read', 'Write'].map((kind) => [
    `${id}${kind}ThrottlesAlarm`,
    {
      why: 'A table refuses calls: a partition is too hot',
      namespace: 'AWS/DynamoDB',
      metric: `${kind}ThrottleEvents`,
      dimensions: { TableName: { Ref: id } },
      statistic: 'Sum',
      threshold: 0,
    },
  ]);

/** How many runs may fall into the next period, of all relays together. */
const RUNS_LATE = 3;

/**
 * One for all relays that something waits, and one that each of them runs: every run counts one, so that a relay which
 * stands still, or fails, is missed in the sum. The log says which of them it is.
 */
function relayWatches(all: readonly Schedule[], stage: string): Record<string, Watch> {
  if (all.length === 0) return {};
  const runs = all.reduce((sum, { minutes }) => sum + PERIOD_SECONDS / 60 / minutes, 0);
  const ours = { namespace: `Campus/${stage}`, dimensions: { system: 'campus' }, periods: 2 } as const;
  return {
    OutboxAlarm: {
      ...ours,
      why: 'Events wait in an outbox: the lines "relay" of the log say in which',
      metric: 'outbox_age',
      statistic: 'Maximum',
      threshold: OLDEST_EVENT_MS,
    },
    RelaysAlarm: {
      ...ours,
      why: 'A relay does not run, or fails: the lines "relay" of the log say which of them do',
      metric: 'relays',
      statistic: 'Sum',
      below: true,
      threshold: runs - RUNS_LATE,
      missing: 'breaching',
    },
  };
}

const functionErrors = (id: string): Watch => ({
  why: 'A function that nobody waits for fails',
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimensions: { FunctionName: { Ref: id } },
  statistic: 'Sum',
  threshold: 0,
  periods: 2,
});

/**
 * What runs by a schedule and is no relay, and what a log is handed on to. A failure there reaches no client, and nothing
 * else tells of it, as dead letters and lag tell of a consumer that fails, and the outbox of a relay.
 */
function unreported(template: Template): string[] {
  const counted = new Set(relays(template).map(({ id }) => id));
  const scheduled = schedules(template).flatMap(({ id }) => (counted.has(id) ? [] : [id]));
  const handedTo = ofType(template, 'AWS::Logs::SubscriptionFilter').flatMap(
    ([, { Properties }]) => referred(Properties.DestinationArn) ?? [],
  );
  return [...new Set([...scheduled, ...handedTo])];
}
