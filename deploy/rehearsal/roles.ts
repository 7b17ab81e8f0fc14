import { readFileSync } from 'node:fs';
import { ofType, referred, type Template } from '../../project/template.ts';
import type { Call } from './record-calls.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** What a role allows: each action on each of its resources, by name. */
interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What the packaging wrote for CloudFormation. */
export const readTemplate = (file: string): Template => JSON.parse(readFileSync(file, 'utf8')) as Template;

/** The calls that functions recorded, one in each line. */
export const readCalls = (file: string): Call[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Call);

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value]) as readonly T[];

/** A resource of a statement as calls name it. */
function nameOf(template: Template, resource: unknown): string {
  if (resource === '*') return '*';
  const id = referred(resource);
  if (id) return physicalName(template, id);
  const text = String((resource as { 'Fn::Sub'?: string })['Fn::Sub']);
  const index = /^\$\{(\w+)\.Arn\}\/index\/([\w.*-]+)$/.exec(text);
  if (index?.[1]) return `${physicalName(template, index[1])}/${index[2]}`;
  const keys = /^\$\{(\w+)\.Arn\}\/([\w-]+\/\*)$/.exec(text);
  if (keys?.[1]) return `${physicalName(template, keys[1])}/${keys[2]}`;
  return text.includes(':parameter/') ? text.replace(/.*:parameter/, '') : text;
}

function physicalName(template: Template, id: string): string {
  const { Type, Properties: properties } = template.Resources[id] ?? { Type: '' };
  if (Type === 'AWS::S3::Bucket') return `${BUCKET}${id.toLowerCase()}`;
  return properties?.TableName ?? properties?.QueueName ?? id;
}

/** Statements of a role about data: logs and traces are the runtime's and not calls of the code. */
function grantsOf(template: Template, role: string): Grant[] {
  const policies = template.Resources[role]?.Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map(({ Action, Resource }) => ({
      actions: list(Action),
      resources: list(Resource).map((one) => nameOf(template, one)),
    }))
    .filter(({ actions }) => !actions.some((action) => /^(logs|xray):/.test(action)));
}

const CONSUMER_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** What Lambda itself calls in the name of a consumer's role. */
function pollingCalls(template: Template): Call[] {
  return ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, { Properties }]) => {
    const queue = nameOf(template, Properties.EventSourceArn);
    const lambda = template.Resources[referred(Properties.FunctionName) ?? '']?.Properties.FunctionName as string;
    return CONSUMER_ACTIONS.map((action) => ({ function: lambda, action, resource: queue }));
  });
}

/** What is wrong with the roles of a template, given what the functions called: what lacks, and what nobody uses. */
export function faultsOfRoles(template: Template, recorded: readonly Call[]): string[] {
  const calls = [...recorded, ...pollingCalls(template)];
  const roleOf = new Map(
    ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) => [
      Properties.FunctionName as string,
      referred(Properties.Role) ?? '',
    ]),
  );
  return [...new Set(roleOf.values())].flatMap((role) => {
    const own = calls.filter((call) => roleOf.get(call.function) === role);
    const grants = grantsOf(template, role);
    const missing = own.filter((call) => !grants.some((grant) => allows(grant, call))).map(missingText(role));
    return [...new Set([...missing, ...grants.flatMap((grant) => unused(role, grant, own))])];
  });
}

const missingText = (role: string) => (call: Call) => `${role} lacks ${call.action} on ${call.resource}`;

/** A bucket gets a name of its own from CloudFormation, with the logical id in the middle. */
const BUCKET = 'bucket:';

function covers(resource: string, { resource: called }: Call): boolean {
  if (!resource.startsWith(BUCKET)) return resource === called;
  const [id = '', ...keys] = resource.slice(BUCKET.length).split('/');
  const [bucket = '', ...prefix] = called.split('/');
  return bucket.includes(`-${id}`) && keys.join('/') === prefix.join('/');
}

const allows = ({ actions, resources }: Grant, call: Call): boolean =>
  actions.includes(call.action) && resources.some((resource) => covers(resource, call));

function unused(role: string, grant: Grant, calls: readonly Call[]): string[] {
  const used = calls.filter((call) => allows(grant, call));
  return [
    ...grant.actions
      .filter((action) => !used.some((call) => call.action === action))
      .map((action) => `${role} never uses ${action} on ${grant.resources.join(', ')}`),
    ...grant.resources
      .filter((resource) => !used.some((call) => covers(resource, call)))
      .map((resource) => `${role} never uses its rights on ${resource}`),
  ];
}
