import { add, placeholder, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

/** The log group, to which the stage of the API refers. */
const GROUP = 'ApiAccessLogGroup';

/** For how long addresses are kept: for what happened of late, not for who was where last year. */
const RETENTION_DAYS = 30;

/**
 * One line a call, as JSON. The route stands there as it was declared, so neither ids nor queries, in which names and
 * numbers of people are looked for, come into it. What the gateway refuses itself reaches no function, and is seen here
 * alone.
 */
const LINE = {
  request_id: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  refused: '$context.error.responseType',
  address: '$context.identity.sourceIp',
  latency_ms: '$context.responseLatency',
  function_ms: '$context.integrationLatency',
  authorizer_ms: '$context.authorizer.latency',
  bytes: '$context.responseLength',
  trace_id: '$context.xrayTraceId',
} as const;

/** The name of the log group. */
export const accessLogGroup = (stage: string): string => `/aws/apigateway/campus-${stage}`;

/** Adds the log group of the gateway's access log. */
export function addAccessLog(template: Template, { stage }: Settings): void {
  add(template, {
    [GROUP]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: accessLogGroup(stage), RetentionInDays: RETENTION_DAYS },
    },
  });
}

/** What the stage of the API says of its log. */
export const accessLog = {
  DestinationArn: {
    'Fn::Sub': `arn:${placeholder('AWS::Partition')}:logs:${placeholder('AWS::Region')}:${placeholder('AWS::AccountId')}:log-group:${placeholder(GROUP)}`,
  },
  Format: JSON.stringify(LINE),
};
