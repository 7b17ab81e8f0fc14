import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AwsRefusal, callAws } from './call.ts';

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly method: string | undefined;
  readonly body: string;
}

let server: Server;
let seen: Seen[];
let answers: ((response: ServerResponse) => void)[];

const answering = (status: number, body: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(body);
};
const refusing = (status: number, type: string) => answering(status, JSON.stringify({ __type: type }));
const done = answering(200, '{"Item":{"n":1}}');

const environment = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    seen.push({ headers: request.headers, method: request.method, body: await text(request) });
    (answers.shift() ?? done)(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  seen = [];
  answers = [];
  process.env = { ...environment };
  delete process.env.AWS_SESSION_TOKEN;
  process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The pauses between tries are drawn by lot: none, here.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  process.env = environment;
  server.closeAllConnections();
  server.close();
});

const get = () => callAws<object>('dynamodb', 'GetItem', { Key: 'é' });
const refusal = () =>
  get().then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a call to AWS', () => {
  test('is a signed POST of JSON that names its operation', async () => {
    process.env.AWS_SESSION_TOKEN = 'of-the-session';
    expect(await get()).toEqual({ Item: { n: 1 } });
    const [{ method, headers, body } = { headers: {} }] = seen;
    expect([method, body]).toEqual(['POST', '{"Key":"é"}']);
    expect(headers).toMatchObject({
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'content-type': 'application/x-amz-json-1.0',
      'content-length': '12',
      'x-amz-security-token': 'of-the-session',
      authorization: expect.stringContaining('/eu-west-3/dynamodb/aws4_request'),
    });
  });

  test.each([
    'ThrottlingException',
    'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    'TooManyRequestsException',
  ])('is tried again after %s, four times in all', async (type) => {
    answers = Array.from({ length: 4 }, () => refusing(400, type));
    expect(await refusal()).toMatchObject({ name: type.replace(/.*#/, ''), status: 400, code: 'aws_refusal' });
    expect(seen).toHaveLength(4);
  });

  test('is tried again where the service fails or the connection breaks', async () => {
    answers = [answering(500, 'no JSON'), answering(503, ''), (response) => response.destroy()];
    expect(await get()).toEqual({ Item: { n: 1 } });
    expect(seen).toHaveLength(4);
  });

  test('that is refused is not tried again, and tells why', async () => {
    answers = [refusing(400, 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException')];
    const error = await refusal();
    expect(error).toBeInstanceOf(AwsRefusal);
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 400,
      message: 'AWS answered 400 ResourceNotFoundException',
    });
    expect(seen).toHaveLength(1);
  });

  test.each([
    [403, 'UnknownError'],
    [500, 'InternalServerError'],
  ])('that is refused with %i and no reason is called %s', async (status, name) => {
    answers = Array.from({ length: 4 }, () => answering(status, 'no JSON'));
    expect(await refusal()).toMatchObject({ name, status });
  });

  test('that is silent for two seconds is given up and tried again', async () => {
    answers = [() => {}];
    expect(await get()).toEqual({ Item: { n: 1 } });
    expect(seen).toHaveLength(2);
  });

  test('goes where the environment says: for this service, for all, or to AWS itself in the region', async () => {
    process.env.AWS_ENDPOINT_URL = process.env.AWS_ENDPOINT_URL_DYNAMODB;
    delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
    expect(await get()).toEqual({ Item: { n: 1 } });
    delete process.env.AWS_ENDPOINT_URL;
    process.env.AWS_REGION = 'nowhere.invalid/';
    expect(String(await refusal())).toMatch(
      /ENOTFOUND dynamodb\.nowhere\.invalid|EAI_AGAIN dynamodb\.nowhere\.invalid/,
    );
  });

  test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('is not made without %s', async (name) => {
    delete process.env[name];
    expect(String(await refusal())).toContain(name);
    expect(seen).toEqual([]);
  });
});
