import { deadLetterQueues, type Named, ofType, referred, type Template } from '../../project/template.ts';
import { each, type Policy, spoil } from './policy.ts';

const TABLE = 'AWS::DynamoDB::Table';
const QUEUE = 'AWS::SQS::Queue';
const BUCKET = 'AWS::S3::Bucket';
const LOGS = 'AWS::Logs::LogGroup';
const FORTNIGHT_SECONDS = 1_209_600;

/** The one that osls uploads code to is its own affair. */
const DEPLOYMENTS = 'ServerlessDeploymentBucket';

/** The buckets with data. */
const isOurs = ([id]: Named): boolean => id !== DEPLOYMENTS;

const eachBucket = (holds: (one: Named, template: Template) => unknown) => (template: Template) => {
  const ours = ofType(template, BUCKET).filter(isOurs);
  if (ours.length === 0) return ['there is no bucket'];
  return ours.filter((one) => !holds(one, template)).map(([id]) => id);
};

const refusesTheClear = (template: Template, bucket: string): boolean =>
  ofType(template, 'AWS::S3::BucketPolicy').some(
    ([, { Properties }]) =>
      referred(Properties.Bucket) === bucket &&
      Properties.PolicyDocument.Statement.some(
        ({ Effect, Condition }: { Effect: string; Condition?: { Bool?: Record<string, string> } }) =>
          Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
      ),
  );

interface Rule {
  readonly Id: string;
  ExpirationInDays: number;
}

const retainedRules = (template: Template): Rule[] =>
  ofType(template, BUCKET).flatMap(([, { Properties }]) =>
    (Properties.LifecycleConfiguration?.Rules ?? []).filter(({ Id }: Rule) => Id === 'retained'),
  );

/** For how many years functions say that they keep records: one answer, where all agree. */
const retentions = (template: Template): Set<string> =>
  new Set(
    ofType(template, 'AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties.Environment?.Variables?.RETENTION_YEARS)
      .filter(Boolean),
  );

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
    promise: 'a bucket is encrypted, and shut to the public whatever is said of an object in it',
    faults: eachBucket(([, { Properties }]) => {
      const shut = Object.values(Properties.PublicAccessBlockConfiguration ?? {});
      return Properties.BucketEncryption && shut.length === 4 && shut.every((one) => one === true);
    }),
    breakIt: spoil(
      BUCKET,
      ({ Properties }) => {
        Properties.PublicAccessBlockConfiguration.BlockPublicPolicy = false;
      },
      isOurs,
    ),
  },
  {
    promise: 'a bucket answers over TLS only',
    faults: eachBucket(([id], template) => refusesTheClear(template, id)),
    breakIt: spoil(
      'AWS::S3::BucketPolicy',
      ({ Properties }) => delete Properties.PolicyDocument.Statement[0].Condition,
      ([, { Properties }]) => referred(Properties.Bucket) !== DEPLOYMENTS,
    ),
  },
  {
    promise: 'a bucket forgets what was uploaded and never used',
    faults: eachBucket(([, { Properties }]) =>
      (Properties.LifecycleConfiguration?.Rules ?? []).some(
        ({ Status, ExpirationInDays }: { Status: string; ExpirationInDays?: number }) =>
          Status === 'Enabled' && ExpirationInDays,
      ),
    ),
    breakIt: spoil(BUCKET, ({ Properties }) => delete Properties.LifecycleConfiguration, isOurs),
  },
  {
    promise: 'every context keeps records for as many years, and a bucket what was printed of them',
    faults: (template) => {
      const [years, ...others] = retentions(template);
      const days = Number(years) * 365;
      const rules = retainedRules(template);
      if (rules.length === 0 || others.length > 0) return ['retained', ...others];
      return rules.filter(({ ExpirationInDays: kept }) => !(kept >= days && kept <= 1.01 * days)).map(({ Id }) => Id);
    },
    breakIt: (template) => {
      for (const rule of retainedRules(template)) rule.ExpirationInDays = 365;
    },
  },
  {
    promise: 'a bucket outlives its stack and an accident',
    prodOnly: true,
    faults: eachBucket(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    ),
    breakIt: spoil(
      BUCKET,
      (bucket) => {
        bucket.DeletionPolicy = 'Delete';
      },
      isOurs,
    ),
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
