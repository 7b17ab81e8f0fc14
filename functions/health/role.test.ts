import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const { functions, resources } = load(readFileSync(new URL('context.yml', import.meta.url), 'utf8')) as {
  functions: Record<string, { role: string; environment: Record<string, unknown> }>;
  resources: {
    Resources: { HealthRole: { Properties: { Policies: { PolicyDocument: { Statement: unknown[] } }[] } } };
  };
};

/** What the role's own statements allow; the shared one, for logs and traces, is a reference to serverless.yml. */
const statements = resources.Resources.HealthRole.Properties.Policies.flatMap(
  ({ PolicyDocument }) => PolicyDocument.Statement,
).filter((one): one is Statement => typeof one === 'object');

test('the health role reaches its own table and queues, and nothing of persons', () => {
  const reached = statements.map(({ Action, Resource }) => [[Action].flat()[0]?.split(':')[0], Resource]);
  expect(reached).toEqual([
    ['dynamodb', { 'Fn::GetAtt': ['HealthTable', 'Arn'] }],
    ['sqs', { 'Fn::GetAtt': ['PersonEventsQueue', 'Arn'] }],
    ['sqs', { 'Fn::GetAtt': ['PersonEventsDeadLetterQueue', 'Arn'] }],
    ['sqs', { 'Fn::GetAtt': ['PersonEventsQueue', 'Arn'] }],
    ['ssm', { 'Fn::Sub': expect.stringMatching(/:parameter\/campus\/\$\{sls:stage\}\/signing-secret$/) }],
  ]);
  for (const { Action } of statements) expect([Action].flat().filter((action) => action.includes('*'))).toEqual([]);
});

test('no function of health runs under another role, or is told the name of the persons table', () => {
  for (const { role, environment } of Object.values(functions)) {
    expect(['HealthRole', 'HealthPartRole']).toContain(role);
    expect(JSON.stringify(environment)).not.toMatch(/persons/i);
  }
});
