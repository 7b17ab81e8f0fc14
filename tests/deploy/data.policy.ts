import { deadLetterQueues } from '../../project/template.ts';
import { each, type Policy, spoil } from './policy.ts';

const TABLE = 'AWS::DynamoDB::Table';
const QUEUE = 'AWS::SQS::Queue';
const LOGS = 'AWS::Logs::LogGroup';
const FORTNIGHT_SECONDS = 1_209_600;

/** How data is kept. */
export const dataPolicies: readonly Policy[] = [
  {
    promise: 'a table can be restored to any second',
    prodOnly: true,
    faults: each(TABLE, ({ Properties }) => Properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled),
    breakIt: spoil(TABLE, ({ Properties }) => delete Properties.PointInTimeRecoverySpecification),
  },
  {
    promise: 'a table outlives its stack and an accident',
    prodOnly: true,
    faults: each(
      TABLE,
      ({ Properties, DeletionPolicy, UpdateReplacePolicy }) =>
        Properties.DeletionProtectionEnabled && DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    ),
    breakIt: spoil(TABLE, (table) => {
      table.DeletionPolicy = 'Delete';
    }),
  },
  {
    promise: 'logs outlive their stack, but for those of a first deployment that failed',
    prodOnly: true,
    faults: each(LOGS, ({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate'),
    breakIt: spoil(LOGS, (group) => {
      group.DeletionPolicy = 'Delete';
    }),
  },
  {
    promise: 'a table is encrypted under a key of the account',
    prodOnly: true,
    faults: each(TABLE, ({ Properties }) => Properties.SSESpecification?.SSEEnabled),
    breakIt: spoil(TABLE, ({ Properties }) => delete Properties.SSESpecification),
  },
  {
    promise: 'a table is paid by use and forgets what has expired',
    faults: each(
      TABLE,
      ({ Properties }) =>
        Properties.BillingMode === 'PAY_PER_REQUEST' &&
        Properties.TimeToLiveSpecification?.Enabled &&
        Properties.TimeToLiveSpecification.AttributeName === 'ttl',
    ),
    breakIt: spoil(TABLE, ({ Properties }) => delete Properties.TimeToLiveSpecification),
  },
  {
    promise: 'a queue is encrypted',
    faults: each(QUEUE, ({ Properties }) => Properties.SqsManagedSseEnabled),
    breakIt: spoil(QUEUE, ({ Properties }) => delete Properties.SqsManagedSseEnabled),
  },
  {
    promise: 'every queue gives up to a dead-letter queue after five tries',
    faults: each(QUEUE, ({ Properties }, template, id) => {
      if (deadLetterQueues(template).has(id)) return true;
      return Properties.RedrivePolicy?.maxReceiveCount === 5;
    }),
    breakIt: spoil(
      QUEUE,
      ({ Properties }) => delete Properties.RedrivePolicy,
      ([, { Properties }]) => Properties.RedrivePolicy,
    ),
  },
  {
    promise: 'dead letters are kept for a fortnight',
    faults: each(QUEUE, ({ Properties }, template, id) => {
      return !deadLetterQueues(template).has(id) || Properties.MessageRetentionPeriod === FORTNIGHT_SECONDS;
    }),
    breakIt: spoil(
      QUEUE,
      ({ Properties }) => delete Properties.MessageRetentionPeriod,
      ([, { Properties }]) => Properties.MessageRetentionPeriod,
    ),
  },
];
