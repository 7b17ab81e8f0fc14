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

/** The metrics in namespaces of ours that alarms and the dashboard show. */
function watchedMetrics(template: Template): string[] {
  const alarmed = alarms(template).filter(({ Namespace }) => Namespace.startsWith('Campus/'));
  const boards = ofType(template, 'AWS::CloudWatch::Dashboard').map(([, { Properties }]) => JSON.stringify(Properties));
  const shown = boards.flatMap((text) => [...text.matchAll(/\{Campus\/[^}]*\} MetricName=[\\"]*(\w+)/g)]);
  return [...alarmed.map(({ MetricName }) => MetricName as string), ...shown.map(([, name = '']) => name)];
}

const measured = sourceFiles('platform')
  .filter((path) => !path.includes('.test.'))
  .map(textOf)
  .join('\n');

/** What wakes somebody up. */
export const watchPolicies: readonly Policy[] = [
  {
    promise: 'a dead letter sounds an alarm',
    faults: (template) =>
      [...deadLetterQueues(template)].filter((id) => !watches(template, 'ApproximateNumberOfMessagesVisible', id)),
    breakIt: drop(ALARM, named('ApproximateNumberOfMessagesVisible')),
  },
  {
    promise: 'so do errors, throttles and slowness of the API',
    faults: (template) => ['5XXError', 'Throttles', 'Latency'].filter((metric) => !watches(template, metric)),
    breakIt: drop(ALARM, named('Latency')),
  },
  {
    promise: 'so does a table that throttles',
    faults: each('AWS::DynamoDB::Table', (_, template, id) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].every((metric) => watches(template, metric, id)),
    ),
    breakIt: drop(ALARM, named('WriteThrottleEvents')),
  },
  {
    promise: 'so does an outbox that is not emptied, even when its relay says nothing at all',
    faults: (template) => {
      const senders = ofType(template, 'AWS::Lambda::Function')
        .map(([, { Properties }]) => Properties.Environment.Variables as Record<string, unknown>)
        .filter((variables) => Object.keys(variables).some((name) => name.endsWith('_QUEUE_URL')))
        .map((variables) => String(variables.CAMPUS_CONTEXT));
      const watched = alarms(template)
        .filter(({ MetricName, TreatMissingData }) => MetricName === 'outbox_age' && TreatMissingData === 'breaching')
        .map(({ Dimensions }) => Dimensions[0].Value as string);
      return [...new Set(senders)].filter((context) => !watched.includes(context));
    },
    breakIt: drop(ALARM, named('outbox_age')),
  },
  {
    promise: 'so does a failure of what nobody waits for',
    faults: (template) => {
      const scheduled = ofType(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties.Targets[0].Arn);
      const consumers = ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, r]) => r.Properties.FunctionName);
      return [...scheduled, ...consumers]
        .map((target) => referred(target) ?? '')
        .filter((id) => !watches(template, 'Errors', id));
    },
    breakIt: drop(ALARM, named('Errors')),
  },
  {
    promise: 'whatever of our own metrics is watched is one that the platform measures',
    faults: (template) => watchedMetrics(template).filter((metric) => !measured.includes(`${metric}: [`)),
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
    prodOnly: true,
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
  {
    promise: 'there is a dashboard of the whole',
    faults: each('AWS::CloudWatch::Dashboard', ({ Properties }) => {
      const { widgets } = JSON.parse(Properties.DashboardBody['Fn::Sub']) as { widgets: unknown[] };
      return widgets.length >= 10;
    }),
    breakIt: drop('AWS::CloudWatch::Dashboard'),
  },
];
