import { ofType, referred, type Template } from '../../project/template.ts';
import { isStreamed, routesIn, targetOf } from './api-body.ts';
import { each, type Policy, spoil } from './policy.ts';

const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';

/** API Gateway gives up after 29 s, on what it hands on while it is made after 15 minutes. */
const PATIENCE_SECONDS = 29;
const STREAMING_SECONDS = 900;

/** What queues and schedules call may take a minute. */
const LONGEST_SECONDS = 60;

/** The names of the functions behind routes, with or without those whose answers are handed on while they are made. */
const serving = (template: Template, streamed: boolean): Set<string> =>
  new Set(
    routesIn(template)
      .filter(({ operation }) => isStreamed(operation) === streamed)
      .map(({ operation }) => targetOf(operation).replace(/:.*/, '')),
  );

const SECRET_NAME = /secret|password|token|private|credential|(?:api|signing|access)_?key/i;
/** A private key, a JWT, an AWS key, or a long random string. */
const SECRET_VALUE = /-----BEGIN|^eyJ|AKIA[0-9A-Z]{16}|^[A-Za-z0-9+/_-]{32,}={0,2}$/;

const isSecret = ([name, value]: [string, unknown]): boolean =>
  SECRET_NAME.test(name) || (typeof value === 'string' && SECRET_VALUE.test(value));

const environmentOf = (properties: { Environment?: { Variables?: Record<string, unknown> } }) =>
  Object.entries(properties.Environment?.Variables ?? {});

/** How functions run. */
export const functionPolicies: readonly Policy[] = [
  {
    promise: 'every function says how long it may take and how much memory it gets',
    faults: (template) => {
      const streaming = serving(template, true);
      return each(FUNCTION, ({ Properties: { FunctionName, Timeout, MemorySize } }) => {
        const longest = streaming.has(FunctionName) ? STREAMING_SECONDS : LONGEST_SECONDS;
        return Timeout > 0 && Timeout <= longest && MemorySize >= 256;
      })(template);
    },
    breakIt: spoil(FUNCTION, ({ Properties }) => delete Properties.Timeout),
  },
  {
    promise: 'what the gateway calls answers before the gateway gives up',
    faults: (template) => {
      const called = serving(template, false);
      const found = ofType(template, FUNCTION).filter(([, { Properties }]) => called.has(Properties.FunctionName));
      if (found.length !== called.size) return ['routes lead to functions that are not there'];
      return found.filter(([, { Properties }]) => Properties.Timeout > PATIENCE_SECONDS).map(([id]) => id);
    },
    breakIt: spoil(
      FUNCTION,
      ({ Properties }) => {
        Properties.Timeout = 30;
      },
      ([id]) => id.startsWith('Sessions'),
    ),
  },
  {
    promise: 'it runs on Node 24, on Graviton',
    faults: each(
      FUNCTION,
      ({ Properties }) => Properties.Runtime === 'nodejs24.x' && Properties.Architectures?.[0] === 'arm64',
    ),
    breakIt: spoil(FUNCTION, ({ Properties }) => {
      Properties.Runtime = 'nodejs18.x';
    }),
  },
  {
    promise: 'calls are traced, and runs that nobody asked for are not',
    faults: (template) => {
      const scheduled = ofType(template, 'AWS::Events::Rule').map(([, r]) => referred(r.Properties.Targets[0].Arn));
      return each(
        FUNCTION,
        ({ Properties }, _, id) =>
          Properties.TracingConfig?.Mode === (scheduled.includes(id) ? 'PassThrough' : 'Active'),
      )(template);
    },
    breakIt: spoil(FUNCTION, ({ Properties }) => delete Properties.TracingConfig),
  },
  {
    promise: 'no secret is in an environment variable',
    faults: each(FUNCTION, ({ Properties }) => !environmentOf(Properties).some(isSecret)),
    breakIt: spoil(FUNCTION, ({ Properties }) => {
      Properties.Environment.Variables.SIGNING_KEY = 'x';
    }),
  },
  {
    promise: 'logs are kept for a time that was chosen',
    faults: (template) => {
      const kept = ofType(template, 'AWS::Logs::LogGroup').filter(
        ([, { Properties }]) => Properties.RetentionInDays > 0,
      );
      const names = new Set(kept.map(([, { Properties }]) => Properties.LogGroupName));
      return ofType(template, FUNCTION)
        .filter(([, { Properties }]) => !names.has(`/aws/lambda/${Properties.FunctionName}`))
        .map(([id]) => id);
    },
    breakIt: spoil('AWS::Logs::LogGroup', ({ Properties }) => delete Properties.RetentionInDays),
  },
  {
    promise: 'a consumer reports which messages of a batch failed',
    faults: each(MAPPING, ({ Properties }) => Properties.FunctionResponseTypes?.includes('ReportBatchItemFailures')),
    breakIt: spoil(MAPPING, ({ Properties }) => delete Properties.FunctionResponseTypes),
  },
  {
    promise: 'a message stays invisible for six times as long as its consumer may take',
    faults: each(MAPPING, ({ Properties }, template) => {
      const queue = template.Resources[referred(Properties.EventSourceArn) ?? ''];
      const consumer = template.Resources[referred(Properties.FunctionName) ?? ''];
      return queue?.Properties.VisibilityTimeout >= 6 * consumer?.Properties.Timeout;
    }),
    breakIt: spoil(
      'AWS::SQS::Queue',
      ({ Properties }) => {
        Properties.VisibilityTimeout = 30;
      },
      ([, { Properties }]) => Properties.RedrivePolicy,
    ),
  },
];
