import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Lambda } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';
import { ofType } from '../../project/template.ts';
import { audience } from '../openapi/document.ts';
import type { NamedOperation } from '../openapi/operations.ts';
import type { EventPart } from './events.ts';
import { BEGIN, type Pages, section, table } from './markdown.ts';

const problemLinks = ({ operation }: NamedOperation): string =>
  operation.problems.map(({ code }) => `[${code}](../problems/${code}.md)`).join(', ');

const apiTable = (operations: readonly NamedOperation[]): string =>
  operations.length === 0
    ? ''
    : table(
        ['call', 'what', 'who', 'its own problems', 'file'],
        operations.map((named) => [
          [named.operation.route, ...named.operation.aliases].map((route) => `\`${route}\``).join('<br>'),
          named.operation.summary,
          audience(named.operation.access),
          problemLinks(named),
          `[${named.file.split('/').at(-1)}](../../${named.file})`,
        ]),
      );

const logicalId = (value: unknown): string => {
  const arn = (value as { 'Fn::GetAtt'?: string[] })['Fn::GetAtt'];
  return arn?.[0] ?? String(value);
};

function triggers({ events = [] }: Lambda): string {
  const routes = events.filter(({ http }) => http).length;
  const others = events.flatMap(({ sqs, schedule }) => [
    ...(sqs ? [`queue ${logicalId(sqs.arn)}`] : []),
    ...(schedule ? [`schedule ${typeof schedule === 'string' ? schedule : JSON.stringify(schedule)}`] : []),
  ]);
  return [...(routes ? [`${routes} route${routes > 1 ? 's' : ''}`] : []), ...others].join(', ') || 'the gateway';
}

const lambdaTable = ({ lambdas }: Context): string =>
  table(
    ['function', 'runs on', 'memory', 'what for'],
    lambdas.map((lambda) => [
      `\`${lambda.name}\``,
      triggers(lambda),
      `${lambda.memorySize ?? 512} MB`,
      lambda.description ?? 'the operations above',
    ]),
  );

interface KeyElement {
  readonly AttributeName: string;
}

const keys = (schema: unknown): string =>
  (schema as readonly KeyElement[]).map(({ AttributeName }) => `\`${AttributeName}\``).join(' + ');

const propertiesOf = (Resources: Context['resources'], type: string) =>
  ofType({ Resources }, type).map(([id, { Properties }]) => [id, Properties] as const);

function tableOf({ resources }: Context): string {
  return propertiesOf(resources, 'AWS::DynamoDB::Table')
    .map(([id, { KeySchema, GlobalSecondaryIndexes = [], TimeToLiveSpecification }]) => {
      const indexes = (GlobalSecondaryIndexes as { IndexName: string; KeySchema: unknown }[]).map(
        (index) => `\`${index.IndexName}\` (${keys(index.KeySchema)})`,
      );
      const parts = [
        `\`${id}\`: key ${keys(KeySchema)}`,
        indexes.length > 0 ? `indexes ${indexes.join(', ')}` : 'no index',
        TimeToLiveSpecification ? 'items expire by `ttl`' : 'nothing expires',
      ];
      return `${parts.join('; ')}.`;
    })
    .join('\n');
}

function queueTable({ resources }: Context): string {
  const queues = propertiesOf(resources, 'AWS::SQS::Queue').map(([id, properties]) => {
    const redrive = properties.RedrivePolicy as { maxReceiveCount?: number } | undefined;
    const fate = redrive ? `to the dead letters after ${redrive.maxReceiveCount} tries` : 'kept for an operator';
    const days = Number(properties.MessageRetentionPeriod ?? 345_600) / 86_400;
    return [`\`${id}\``, `${properties.VisibilityTimeout ?? 30} s`, `${days} days`, fate];
  });
  return queues.length === 0 ? '' : table(['queue', 'visibility', 'kept', 'a message that fails'], queues);
}

/** What a context tells or hears, and which contexts are at the other end. */
function eventTable({ name }: Context, parts: readonly EventPart[]): string {
  const own = parts.filter(({ context }) => context === name);
  const rows = own.map(({ part, type, file }) => {
    const others = parts.filter((other) => other.type === type && other.part !== part);
    const named = others.map(({ context }) => (context === name ? 'itself' : context)).join(', ');
    return [
      `\`${type}\``,
      part === 'tells' ? `tells ${named}` : `hears from ${named}`,
      `[${file.split('/').at(-1)}](../../${file})`,
    ];
  });
  return rows.length === 0 ? '' : table(['event', 'this context', 'file'], rows);
}

function derived(context: Context, operations: readonly NamedOperation[], events: readonly EventPart[]): string {
  const own = operations.filter((one) => one.context === context.name);
  return [
    section('API', apiTable(own)),
    section('Functions', lambdaTable(context)),
    section('Table', tableOf(context)),
    section('Events', eventTable(context, events)),
    section('Queues', queueTable(context)),
  ]
    .filter(Boolean)
    .join('\n');
}

/** What people wrote of a context, above the part that is made. */
function written(context: Context): string {
  const file = join(projectRoot, `docs/contexts/${context.name}.md`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : `# ${context.name}\n\n${context.purpose}\n\n`;
  return text.split(BEGIN)[0] ?? '';
}

/** `docs/contexts`: a page for each context. What stands above the mark is written by hand and kept. */
export const contextPages = (
  contexts: readonly Context[],
  operations: readonly NamedOperation[],
  events: readonly EventPart[],
): Pages =>
  new Map(
    contexts.map((context) => [
      `docs/contexts/${context.name}.md`,
      `${written(context)}${BEGIN}\n\n${derived(context, operations, events)}`,
    ]),
  );
