import { add, ofType, placeholder, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

const WIDTH = 12;
const HEIGHT = 6;

type Expression = { readonly expression: string; readonly label: string };
type Metric = readonly unknown[] | readonly [Expression];

interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly stat?: string;
}

/** One page that says how the stage does: what clients see, what functions, tables, queues and outboxes do. */
export function addDashboard(template: Template, { stage }: Settings, prefix: string): void {
  const api = ofType(template, 'AWS::ApiGateway::RestApi')[0]?.[1].Properties.Name as string;
  const ofApi = (metric: string, options: object = {}): Metric => [
    'AWS/ApiGateway',
    metric,
    'ApiName',
    api,
    'Stage',
    stage,
    options,
  ];
  const graphs: Graph[] = [
    { title: 'Requests and errors', metrics: [ofApi('Count'), ofApi('4XXError'), ofApi('5XXError')] },
    { title: 'Latency (ms)', metrics: ['p50', 'p95', 'p99'].map((stat) => ofApi('Latency', { stat })) },
    { title: 'Function errors', metrics: [search('AWS/Lambda', 'FunctionName', 'Errors', prefix)] },
    { title: 'Function throttles', metrics: [search('AWS/Lambda', 'FunctionName', 'Throttles', prefix)] },
    {
      title: 'Function duration, p99 (ms)',
      metrics: [search('AWS/Lambda', 'FunctionName', 'Duration', prefix, 'p99')],
    },
    {
      title: 'Concurrency',
      metrics: [search('AWS/Lambda', 'FunctionName', 'ConcurrentExecutions', prefix, 'Maximum')],
    },
    { title: 'Read units', metrics: [search('AWS/DynamoDB', 'TableName', 'ConsumedReadCapacityUnits', prefix)] },
    { title: 'Write units', metrics: [search('AWS/DynamoDB', 'TableName', 'ConsumedWriteCapacityUnits', prefix)] },
    {
      title: 'Messages waiting',
      metrics: [search('AWS/SQS', 'QueueName', 'ApproximateNumberOfMessagesVisible', prefix, 'Maximum')],
    },
    {
      title: 'Age of the oldest message (s)',
      metrics: [search('AWS/SQS', 'QueueName', 'ApproximateAgeOfOldestMessage', prefix, 'Maximum')],
    },
    {
      title: 'Age of the oldest unsent event (ms)',
      metrics: [search(`Campus/${stage}`, 'context', 'outbox_age', '', 'Maximum')],
    },
    { title: 'Duration by route, p99 (ms)', metrics: [search(`Campus/${stage}`, 'route', 'duration', '', 'p99')] },
  ];
  add(template, {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: prefix,
        DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets: graphs.map(widget) }) },
      },
    },
  });
}

function search(namespace: string, dimension: string, metric: string, prefix: string, stat = 'Sum'): [Expression] {
  const terms = `{${namespace},${dimension}} MetricName="${metric}" ${prefix}`.trim();
  return [{ expression: `SEARCH('${terms}', '${stat}', 300)`, label: '' }];
}

const widget = ({ title, metrics, stat = 'Sum' }: Graph, index: number) => ({
  type: 'metric',
  x: (index % 2) * WIDTH,
  y: Math.floor(index / 2) * HEIGHT,
  width: WIDTH,
  height: HEIGHT,
  properties: { title, metrics, stat, period: 300, view: 'timeSeries', region: placeholder('AWS::Region') },
});
