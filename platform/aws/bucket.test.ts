import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { required } from '../base/env.ts';
import { Bucket } from './bucket.ts';

const bucket = new Bucket('OUR_FILES');
const environment = { ...process.env };

beforeAll(async () => {
  process.env.OUR_FILES = `bucket-${crypto.randomUUID()}`;
  await fetch(`${required('AWS_ENDPOINT_URL_S3')}/${process.env.OUR_FILES}`, { method: 'PUT' });
  environment.OUR_FILES = process.env.OUR_FILES;
});
afterEach(() => {
  process.env = { ...environment };
  jest.restoreAllMocks();
});

test('what is put can be read: whole, in part, as a stream, and described', async () => {
  await bucket.put('imports/a b+é.csv', Buffer.from('nom;prénom'), 'text/csv');
  expect((await bucket.read('imports/a b+é.csv'))?.toString()).toBe('nom;prénom');
  expect((await bucket.read('imports/a b+é.csv', { from: 4, bytes: 3 }))?.toString()).toBe('pr\ufffd');
  expect(await bucket.describe('imports/a b+é.csv')).toMatchObject({ bytes: 11, type: 'text/csv' });
  const opened = await bucket.open('imports/a b+é.csv', { from: 0, bytes: 3 });
  expect(opened).toMatchObject({ bytes: 11 });
  expect(opened && (await buffer(opened.stream)).toString()).toBe('nom');
});

test('what is absent or deleted is undefined, and may be deleted again', async () => {
  await bucket.put('gone', Buffer.from('x'));
  await bucket.delete('gone');
  await bucket.delete('gone');
  expect([await bucket.read('gone'), await bucket.open('gone'), await bucket.describe('gone')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a bucket that is absent is a refusal, and no object that is absent', async () => {
  process.env.OUR_FILES = 'no-such-bucket';
  const refusal = { name: 'NoSuchBucket', status: 404 };
  await expect(bucket.put('a', Buffer.from('x'))).rejects.toMatchObject(refusal);
  await expect(bucket.read('a')).rejects.toMatchObject(refusal);
});

test('of a larger object than fits, the bytes arrive as they were sent', async () => {
  const large = Buffer.alloc(12 * 1024 * 1024, 'campus ');
  await bucket.put('large', large);
  expect((await bucket.read('large'))?.equals(large)).toBe(true);
});

test('a presigned address lets whoever has it store an object', async () => {
  const { method, url, headers } = bucket.presignPut('imports/1', { bytes: 4, type: 'text/csv', expiresIn: 60 });
  expect(headers).toEqual({ 'content-length': '4', 'content-type': 'text/csv' });
  expect((await fetch(url, { method, headers, body: 'a;b\n' })).status).toBe(200);
  expect((await bucket.read('imports/1'))?.toString()).toBe('a;b\n');
});

test('a throttled call is made again, a refused one is not', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  const statuses = [503, 200];
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.writeHead(statuses.shift() ?? 403).end('<Error><Code>AccessDenied</Code></Error>');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  await bucket.put('a', Buffer.from('x'));
  expect(calls).toBe(2);
  await expect(bucket.put('a', Buffer.from('x'))).rejects.toMatchObject({ name: 'AccessDenied', status: 403 });
  expect(calls).toBe(3);
  server.closeAllConnections();
  server.close();
});

test('on AWS a bucket is a host of its own, and what may be sent there is part of the signature', () => {
  delete process.env.AWS_ENDPOINT_URL_S3;
  delete process.env.AWS_ENDPOINT_URL;
  const address = (bytes: number) => new URL(bucket.presignPut('a/b', { bytes, type: 'text/csv', expiresIn: 60 }).url);
  const url = address(4);
  expect([url.host, url.pathname]).toEqual([`${process.env.OUR_FILES}.s3.eu-west-3.amazonaws.com`, '/a/b']);
  expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');
  expect(address(5).searchParams.get('X-Amz-Signature')).not.toBe(url.searchParams.get('X-Amz-Signature'));
});
