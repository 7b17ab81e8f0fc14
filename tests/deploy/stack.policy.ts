import type { Resource, Template } from '../../project/template.ts';
import type { Policy } from './policy.ts';

/** CloudFormation refuses a 501st resource; the rest is room for what comes. */
const MOST_RESOURCES = 450;
const MOST_OUTPUTS = 200;
const MOST_BYTES = 1_000_000;

/** The names that a value refers to, in whichever way a template can. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') return [...JSON.stringify(inner).matchAll(/\$\{(\w+)[.}]/g)].map(([, name = '']) => name);
    return references(inner);
  });
}

const needs = ({ Properties, DependsOn }: Resource): string[] => [
  ...references(Properties),
  ...[DependsOn ?? []].flat(),
];

/** The resources that wait for themselves, by way of others. */
function circles({ Resources }: Template): string[] {
  const settled = new Set<string>();
  const waits = (id: string, path: readonly string[]): boolean => {
    if (path.includes(id)) return true;
    const resource = Resources[id];
    if (settled.has(id) || !resource) return false;
    const circular = needs(resource).some((next) => waits(next, [...path, id]));
    if (!circular) settled.add(id);
    return circular;
  };
  return Object.keys(Resources).filter((id) => waits(id, []));
}

/** What CloudFormation takes. */
export const stackPolicies: readonly Policy[] = [
  {
    promise: `a stack has fewer than ${MOST_RESOURCES} resources and ${MOST_OUTPUTS} outputs`,
    faults: (template) => {
      const resources = Object.keys(template.Resources).length;
      const outputs = Object.keys(template.Outputs ?? {}).length;
      return resources < MOST_RESOURCES && outputs < MOST_OUTPUTS ? [] : [`${resources} resources, ${outputs} outputs`];
    },
    breakIt: (template) => {
      for (let i = 0; i < MOST_RESOURCES; i += 1) template.Resources[`Filler${i}`] = { Type: 'X', Properties: {} };
    },
  },
  {
    promise: 'its template is small enough to be uploaded',
    faults: (template) => {
      const bytes = Buffer.byteLength(JSON.stringify(template));
      return bytes < MOST_BYTES ? [] : [`${bytes} bytes`];
    },
    breakIt: (template) => {
      template.Resources.Filler = { Type: 'X', Properties: { Text: 'x'.repeat(MOST_BYTES) } };
    },
  },
  {
    promise: 'no resource waits for itself',
    faults: circles,
    // The obvious way to write a route: by the address of its function, which needs the address of the API.
    breakIt: ({ Resources }) => {
      const api = Object.values(Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi');
      Object.assign(api?.Properties.Body, { uri: { 'Fn::GetAtt': ['OrdersLambdaFunction', 'Arn'] } });
    },
  },
];
