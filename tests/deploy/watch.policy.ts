import { textOf } from '../../project/root.ts';
import { deadLetterQueues, type Named, ofType, referred, type Template } from '../../project/template.ts';
import { sourceFiles } from '../support/project.ts';
import { drop, each, type Policy, spoil } from './policy.ts';

const ALARM = 'AWS::CloudWatch::Alarm';

const alarms = (template: Template) => ofType(template, ALARM).map(([, { Properties }]) => Properties);

const watches = (template: Template, metric: string, subject?: string): boolean =>
  alarms(template).some(
    ({ MetricName, Dimensions }) =>
      MetricName === metric && (!subject || JSON.stringify(Dimensions).includes(`"${subject}"`)),
  );

const named =
  (metric: string) =>
  ([, { Properties }]: Named) =>
    Properties.MetricName === metric;

interface Widget {
  readonly properties: { readonly metrics?: readonly (readonly unknown[])[] };
}

/** What the dashboard shows. */
const widgets = (template: Template): Widget[] =>
  ofType(template, 'AWS::CloudWatch::Dashboard').flatMap(
    ([, { Properties }]) => (JSON.parse(Properties.DashboardBody['Fn::Sub']) as { widgets: Widget[] }).widgets,
  );

const shownMetrics = (template: Template) => widgets(template).flatMap(({ properties }) => properties.metrics ?? []);

/** The metrics in namespaces of ours that alarms and the dashboard show. */
function watchedMetrics(template: Template): string[] {
  const alarmed = alarms(template).filter(({ Namespace }) => Namespace.startsWith('Campus/'));
  const shown = shownMetrics(template).filter(([namespace]) => String(namespace).startsWith('Campus/'));
  return [...alarmed.map(({ MetricName }) => MetricName as string), ...shown.map(([, name]) => String(name))];
}

/** The metrics of a page that costs nothing: an account has three. */
const FREE_METRICS = 50;

const scheduled = (template: Template): string[] =>
  ofType(template, 'AWS::Events::Rule').map(([, { Properties }]) => referred(Properties.Targets[0].Arn) ?? '');

/** What keeps the lines of a log that are handed on to it. */
const keepers = (template: Template): string[] => [
  ...new Set(
    ofType(template, 'AWS::Logs::SubscriptionFilter').flatMap(
      ([, { Properties }]) => referred(Properties.DestinationArn) ?? [],
    ),
  ),
];

const isRelay = (id: string): boolean => /relay/i.test(id);

const measured = ['platform', 'functions/auth']
  .flatMap((folder) => sourceFiles(folder))
  .filter((path) => !path.includes('.test.'))
  .map(textOf)
  .join('\n');

/** What wakes somebody up: `prod`, and whatever stage says whom. */
const alarmPolicies: readonly Policy[] = [
  {
    promise: 'a dead letter sounds an alarm',
    faults: (template) =>
      [...deadLetterQueues(template)].filter((id) => !watches(template, 'ApproximateNumberOfMessagesVisible', id)),
    breakIt: drop(ALARM, named('ApproximateNumberOfMessagesVisible')),
  },
  {
    promise: 'so does a consumer that does not keep up, or does not run',
    faults: (template) =>
      ofType(template, 'AWS::Lambda::EventSourceMapping')
        .map(([, { Properties }]) => referred(Properties.EventSourceArn) ?? '')
        .filter((id) => !watches(template, 'ApproximateAgeOfOldestMessage', id)),
    breakIt: drop(ALARM, named('ApproximateAgeOfOldestMessage')),
  },
  {
    promise: 'so do errors and slowness of the API',
    faults: (template) => ['5XXError', 'Latency'].filter((metric) => !watches(template, metric)),
    breakIt: drop(ALARM, named('Latency')),
  },
  {
    promise: 'so do many guesses at passwords, and many tokens that come twice',
    faults: (template) => ['guessing_blocked', 'tokens_reused'].filter((metric) => !watches(template, metric)),
    breakIt: drop(ALARM, named('tokens_reused')),
  },
  {
    promise: 'so does a table that throttles',
    faults: each('AWS::DynamoDB::Table', (_, template, id) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].every((metric) => watches(template, metric, id)),
    ),
    breakIt: drop(ALARM, named('WriteThrottleEvents')),
  },
  {
    promise: 'so does an outbox that is not emptied',
    faults: (template) => (watches(template, 'outbox_age') ? [] : ['outbox_age']),
    breakIt: drop(ALARM, named('outbox_age')),
  },
  {
    promise: 'so does a relay that stands still, were it one of them for five minutes, or all that say nothing',
    faults: (template) => {
      const relays = scheduled(template).filter(isRelay);
      const senders = ofType(template, 'AWS::Lambda::Function')
        .map(([, { Properties }]) => Properties.Environment.Variables as Record<string, unknown>)
        .filter((variables) => Object.keys(variables).some((name) => name.endsWith('_QUEUE_URL')))
        .map((variables) => String(variables.CAMPUS_CONTEXT));
      const relayed = relays.map((id) => template.Resources[id]?.Properties.Environment.Variables.CAMPUS_CONTEXT);
      const missed = alarms(template).filter(
        ({ MetricName, TreatMissingData, Statistic, ComparisonOperator, Threshold, Period }) =>
          MetricName === 'relays' &&
          TreatMissingData === 'breaching' &&
          Statistic === 'Sum' &&
          ComparisonOperator === 'LessThanThreshold' &&
          Period === 300 &&
          // Five runs of each, of which one relay's are missing.
          Threshold > 5 * (relays.length - 1) &&
          Threshold < 5 * relays.length,
      );
      return [
        ...(missed.length === 1 ? [] : ['relays']),
        ...[...new Set(senders)].filter((one) => !relayed.includes(one)),
      ];
    },
    breakIt: spoil(
      ALARM,
      ({ Properties }) => {
        Properties.Threshold = 1;
      },
      ([, { Properties }]) => Properties.MetricName === 'relays',
    ),
  },
  {
    promise: 'so does a failure of whatever else runs by the clock, or is handed what is logged',
    faults: (template) =>
      [...scheduled(template).filter((id) => !isRelay(id)), ...keepers(template)].filter(
        (id) => !watches(template, 'Errors', id),
      ),
    breakIt: drop(ALARM, named('Errors')),
  },
  {
    promise: 'no alarm of a stage is about the whole account, whose every stage would pay for it and sound',
    faults: each(ALARM, ({ Properties }) => Properties.Dimensions?.length > 0),
    breakIt: spoil(ALARM, ({ Properties }) => {
      Properties.Dimensions = [];
    }),
  },
  {
    promise: 'names and addresses of people stay a month in the logs, and the audit trail, by itself, a year',
    faults: each('AWS::Logs::LogGroup', ({ Properties }, _, id) =>
      id === 'AuditLogGroup' ? Properties.RetentionInDays === 365 : Properties.RetentionInDays <= 30,
    ),
    breakIt: spoil(
      'AWS::Logs::LogGroup',
      ({ Properties }) => {
        Properties.RetentionInDays = 30;
      },
      ([id]) => id === 'AuditLogGroup',
    ),
  },
  {
    promise: 'whatever of our own metrics is watched is one that the platform measures',
    faults: (template) => watchedMetrics(template).filter((metric) => !new RegExp(`\\b${metric}\\b`).test(measured)),
    breakIt: spoil(
      ALARM,
      ({ Properties }) => {
        Properties.MetricName = 'nobody_measures_this';
      },
      ([, { Properties }]) => Properties.MetricName === 'outbox_age',
    ),
  },
  {
    promise: 'a release is taken back for the share of calls that fail, and not for their number',
    faults: each('AWS::CodeDeploy::DeploymentGroup', ({ Properties }, { Resources }) => {
      const taken = Properties.AlarmConfiguration?.Alarms?.map(({ Name }: { Name: unknown }) => referred(Name)) ?? [];
      return taken.some((id: string) => {
        const { MetricName, Statistic, Threshold } = Resources[id]?.Properties ?? {};
        return MetricName === '5XXError' && Statistic === 'Average' && Threshold < 1;
      });
    }),
    breakIt: spoil(
      ALARM,
      ({ Properties }) => {
        Properties.Statistic = 'Sum';
      },
      ([id]) => id === 'ApiErrorRateAlarm',
    ),
  },
  {
    promise: 'every alarm reaches somebody',
    faults: each(ALARM, ({ Properties }) => referred(Properties.AlarmActions?.[0]) === 'AlarmTopic'),
    breakIt: spoil(ALARM, ({ Properties }) => delete Properties.AlarmActions),
  },
];

/** What is watched, and who looks. */
export const watchPolicies: readonly Policy[] = [
  ...alarmPolicies.map((policy) => ({ ...policy, prodOnly: true })),
  {
    promise: 'no alarm is paid for that reaches nobody',
    faults: (template) => {
      const told = ofType(template, 'AWS::SNS::Topic').some(
        ([, { Properties }]) => Properties.Subscription?.length > 0,
      );
      return told ? [] : ofType(template, ALARM).map(([id]) => id);
    },
    breakIt: (template) => {
      for (const [id] of ofType(template, 'AWS::SNS::Topic')) delete template.Resources[id];
      template.Resources.Alarm = { Type: ALARM, Properties: {} };
    },
  },
  {
    promise: 'there is a dashboard of the whole, small enough to cost nothing',
    faults: (template) => {
      const [graphs, metrics] = [widgets(template).length, shownMetrics(template).length];
      return graphs >= 10 && metrics <= FREE_METRICS ? [] : [`${graphs} graphs of ${metrics} metrics`];
    },
    breakIt: drop('AWS::CloudWatch::Dashboard'),
  },
];
