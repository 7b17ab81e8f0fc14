import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from '@jest/globals';
import { BLOCKED_PORTS, secludedAddress } from './seclusion.ts';

const dynamoDb = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
const sqs = new URL(process.env.AWS_ENDPOINT_URL_SQS ?? '');
const credential =
  'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-3/sqs/aws4_request, SignedHeaders=host, Signature=a';

async function statusOf(headers: Record<string, string>, method = 'POST'): Promise<number | undefined> {
  const sent = request(sqs, {
    method,
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AmazonSQS.ListQueues', ...headers },
  }).end('{}');
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

test('a page cannot reach DynamoDB: whoever keeps to the Fetch standard refuses the port before connecting', async () => {
  expect(BLOCKED_PORTS).toContain(Number(dynamoDb.port));
  const refusal = await fetch(dynamoDb).catch((error: Error) => error);
  expect(refusal).toMatchObject({ cause: { message: 'bad port' } });
});

test.each(BLOCKED_PORTS)('the port %i is one of those', async (port) => {
  const refusal = await fetch(`http://127.0.0.1:${port}`).catch((error: Error) => error);
  expect(refusal).toMatchObject({ cause: { message: 'bad port' } });
});

test('SQS refuses what a page sent, by whatever name it calls, and answers others', async () => {
  expect(await statusOf({ Authorization: credential })).toBe(200);
  for (const mark of [
    { Origin: 'https://elsewhere.example' },
    { Origin: 'null' },
    { Origin: sqs.origin },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-origin' },
    { Host: 'elsewhere.example' },
    { Host: `elsewhere.example:${sqs.port}` },
    { Host: 'localhost' },
  ]) {
    expect(await statusOf({ Authorization: credential, ...mark })).toBe(403);
  }
});

test('SQS grants no origin anything, not even to ask beforehand', async () => {
  const asking = { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'POST' };
  expect(await statusOf(asking, 'OPTIONS')).toBe(403);
});

test('many that run at once find a place', async () => {
  const addresses = await Promise.all(Array.from({ length: 50 }, () => secludedAddress()));
  const places = addresses.map(({ host, port }) => `${host}:${port}`);
  if (process.platform === 'linux') expect(new Set(places).size).toBe(50);
  for (const { port } of addresses) expect(BLOCKED_PORTS).toContain(port);
});
