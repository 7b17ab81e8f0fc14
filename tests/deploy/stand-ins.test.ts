import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Account, adaptTemplates } from '../../deploy/rehearsal/production/stand-ins.ts';
import type { Template } from '../../project/template.ts';

const TEMPLATE: Template = {
  Resources: {
    Release: { Type: 'AWS::CodeDeploy::Application' },
    NotesTable: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'campus-prod-notes' } },
  },
  Outputs: { ServiceEndpoint: { Value: 'https://of.aws' } },
};

const URL_OF_TOOL = 'https://s3.eu-west-3.amazonaws.com/bucket/serverless/template.json';

/** The store of the emulator: what tools upload, by path. */
let objects: Map<string, string>;
let emulator: Server;
let account: Account;

beforeEach(async () => {
  objects = new Map([['/bucket/serverless/template.json', JSON.stringify(TEMPLATE)]]);
  account = { leftOut: new Set(), refuses: false };
  emulator = createServer(async (request, response) => {
    const { method, url = '' } = request;
    if (method === 'PUT') objects.set(url, await text(request));
    response.writeHead(objects.has(url) ? 200 : 404).end(objects.get(url));
  }).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
});

afterEach(() => {
  emulator.close();
});

const endpoint = () => `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;

const adapted = async (form: Readonly<Record<string, string>>) => {
  const body = new URLSearchParams(form).toString();
  const other = await adaptTemplates(endpoint(), account)({ method: 'POST', path: '/', headers: {}, body });
  return other === undefined ? undefined : Object.fromEntries(new URLSearchParams(other));
};

test('of a template that a tool has uploaded what can be made of it is asked for, and what was uploaded stays', async () => {
  const form = await adapted({ Action: 'CreateChangeSet', StackName: 'campus-prod', TemplateURL: URL_OF_TOOL });
  expect(form).toMatchObject({ Action: 'CreateChangeSet', StackName: 'campus-prod' });
  const made = JSON.parse(objects.get(new URL(form?.TemplateURL ?? '').pathname) ?? '') as Template;
  expect(Object.keys(made.Resources)).toEqual(['NotesTable']);
  expect([...account.leftOut]).toEqual(['AWS::CodeDeploy::Application']);
  expect(JSON.parse(objects.get('/bucket/serverless/template.json') ?? '')).toEqual(TEMPLATE);
});

test('the stack says where the emulator serves its API', async () => {
  const form = await adapted({ Action: 'CreateChangeSet', TemplateBody: JSON.stringify(TEMPLATE) });
  const { Outputs } = JSON.parse(form?.TemplateBody ?? '') as Template;
  const at = { 'Fn::Sub': `${endpoint()}/_aws/execute-api/\${ApiGatewayRestApi}/prod` };
  expect(Outputs?.ServiceEndpoint?.Value).toEqual(at);
});

test('an account that refuses does so when every table is made', async () => {
  account.refuses = true;
  const form = await adapted({ Action: 'CreateChangeSet', TemplateBody: JSON.stringify(TEMPLATE) });
  const { Resources } = JSON.parse(form?.TemplateBody ?? '') as Template;
  expect(Resources.Refused?.DependsOn).toEqual(['NotesTable']);
});

test('what brings no template goes on as it came', async () => {
  expect(await adapted({ Action: 'DescribeStacks', StackName: 'campus-prod' })).toBeUndefined();
});

test('a template that is not where the tool says is an error', async () => {
  const form = { Action: 'ValidateTemplate', TemplateURL: 'https://s3.amazonaws.com/bucket/nowhere' };
  await expect(adapted(form)).rejects.toThrow('cannot be read: 404');
});
