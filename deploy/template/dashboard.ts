import { add, deadLetterQueues, ofType, placeholder, type Template } from '../../project/template.ts';
import { accessLogGroup } from './access-log.ts';
import type { Settings } from './settings.ts';

const WIDTH = 12;
const HEIGHT = 6;

/** A metric as a widget names it: namespace, name, dimensions, options. */
type Metric = readonly unknown[];

interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly stat?: string;
}

/** What is counted from the lines of a log. */
interface Listing {
  readonly title: string;
  readonly query: string;
}

/**
 * One page that says how the stage does: what clients see, what functions, tables, queues and outboxes do. Each metric is
 * named, none searched for: an account has three pages for nothing, as long as each names fifty at most. By function,
 * CloudWatch has a page of its own.
 */
export function addDashboard(template: Template, { stage }: Settings, prefix: string): void {
  const widgets = [
    ...[...ofApi(template, stage), ...OF_FUNCTIONS, ...ofTables(template), ...ofQueues(template), ofRelays(stage)].map(
      graph,
    ),
    ...LISTINGS.map((one) => listing(one, stage)),
  ].map(placed);
  add(template, {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardName: prefix, DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets }) } },
    },
  });
}

function ofApi(template: Template, stage: string): Graph[] {
  const name = ofType(template, 'AWS::ApiGateway::RestApi')[0]?.[1].Properties.Name as string;
  const metric = (what: string, options: object = {}): Metric => [
    'AWS/ApiGateway',
    what,
    'ApiName',
    name,
    'Stage',
    stage,
    options,
  ];
  return [
    { title: 'Requests and errors', metrics: ['Count', '4XXError', '5XXError'].map((what) => metric(what)) },
    { title: 'Latency (ms)', metrics: ['p50', 'p95', 'p99'].map((stat) => metric('Latency', { stat })) },
  ];
}

const OF_FUNCTIONS: readonly Graph[] = [
  {
    title: 'Functions of the account: errors, throttles',
    metrics: ['Errors', 'Throttles'].map((what) => ['AWS/Lambda', what]),
  },
  { title: 'Functions of the account: at once', metrics: [['AWS/Lambda', 'ConcurrentExecutions']], stat: 'Maximum' },
];

const ofTables = (template: Template): Graph[] =>
  ['Read', 'Write'].map((kind) => ({
    title: `${kind} units`,
    metrics: ofType(template, 'AWS::DynamoDB::Table').map(([, { Properties }]) => [
      'AWS/DynamoDB',
      `Consumed${kind}CapacityUnits`,
      'TableName',
      Properties.TableName,
    ]),
  }));

function ofQueues(template: Template): Graph[] {
  const dead = deadLetterQueues(template);
  const queues = ofType(template, 'AWS::SQS::Queue');
  const metrics = (what: string, some = queues): Metric[] =>
    some.map(([, { Properties }]) => ['AWS/SQS', what, 'QueueName', Properties.QueueName]);
  const living = queues.filter(([id]) => !dead.has(id));
  return [
    { title: 'Messages waiting', metrics: metrics('ApproximateNumberOfMessagesVisible'), stat: 'Maximum' },
    {
      title: 'Age of the oldest message (s)',
      metrics: metrics('ApproximateAgeOfOldestMessage', living),
      stat: 'Maximum',
    },
  ];
}

const ofRelays = (stage: string): Graph => ({
  title: 'Runs of relays, and the age of the oldest event they found (ms)',
  metrics: [
    [`Campus/${stage}`, 'relays', 'system', 'campus'],
    [`Campus/${stage}`, 'outbox_age', 'system', 'campus', { stat: 'Maximum', yAxis: 'right' }],
  ],
});

const LISTINGS: readonly Listing[] = [
  {
    title: 'The slowest routes (ms)',
    query: 'stats pct(latency_ms, 99) as p99, count(*) as calls by method, route | sort p99 desc | limit 20',
  },
  {
    title: 'What failed',
    query:
      'filter status >= 500 | stats count(*) as calls by method, route, status, refused | sort calls desc | limit 20',
  },
];

const region = placeholder('AWS::Region');

const graph = ({ title, metrics, stat = 'Sum' }: Graph) => ({
  type: 'metric',
  properties: { title, metrics, stat, period: 300, view: 'timeSeries', region },
});

const listing = ({ title, query }: Listing, stage: string) => ({
  type: 'log',
  properties: { title, query: `SOURCE '${accessLogGroup(stage)}' | ${query}`, view: 'table', region },
});

const placed = <W extends object>(widget: W, index: number) => ({
  ...widget,
  x: (index % 2) * WIDTH,
  y: Math.floor(index / 2) * HEIGHT,
  width: WIDTH,
  height: HEIGHT,
});
