import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { loggedLines } from '../../tests/support/logged.ts';
import type { Mail } from './mail.ts';

interface Request {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

const requests: Request[] = [];
/** What is answered in turn, the last again and again. */
let statuses = [200];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { url: path, headers } = request;
      requests.push({ path, authorization: headers.authorization, body: JSON.parse(text) });
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      const refused = status === 200 ? {} : { 'x-amzn-errortype': 'MessageRejected:http://internal.example/' };
      response.writeHead(status, { 'Content-Type': 'application/json', ...refused }).end('{"MessageId":"1"}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.env.AWS_ENDPOINT_URL_SESV2 = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.NOTICES_TEMPLATE = 'campus-test-notice';
});
afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL_SESV2;
  server.close();
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.resetModules();
  requests.length = 0;
  delete process.env.NOTICES_FROM;
});

const mail: Mail = {
  id: '1',
  to: 'mother@example.sn',
  template: { variable: 'NOTICES_TEMPLATE', file: 'none' },
  data: { name: 'Élodie', fr: '- une', en: '- one' },
};

/** The mailer of a function that has just started. */
const fresh = async () => (await import('./mailer.ts')).mailer();

test('with a sender, SES is asked to send by the template that was deployed', async () => {
  process.env.NOTICES_FROM = 'school@example.sn';
  await (await fresh())?.send(mail);
  expect(requests).toEqual([
    {
      path: '/v2/email/outbound-emails',
      authorization: expect.stringContaining('/ses/aws4_request'),
      body: {
        FromEmailAddress: 'school@example.sn',
        Destination: { ToAddresses: ['mother@example.sn'] },
        Content: { Template: { TemplateName: 'campus-test-notice', TemplateData: JSON.stringify(mail.data) } },
      },
    },
  ]);
});

test('what SES does not take is an error that says why, and is not asked again', async () => {
  process.env.NOTICES_FROM = 'school@example.sn';
  statuses = [400];
  await expect((await fresh())?.send(mail)).rejects.toMatchObject({ name: 'MessageRejected', status: 400 });
  expect(requests).toHaveLength(1);
});

test('while SES has no time it is asked twice, and then it is an error', async () => {
  process.env.NOTICES_FROM = 'school@example.sn';
  statuses = [503, 200];
  await (await fresh())?.send(mail);
  expect(requests.splice(0)).toHaveLength(2);
  statuses = [503];
  await expect((await fresh())?.send(mail)).rejects.toMatchObject({ status: 503 });
  expect(requests).toHaveLength(2);
});

test('without a sender there is no mailer, which the log says once', async () => {
  const lines = loggedLines();
  const { mailer } = await import('./mailer.ts');
  expect([await mailer(), await mailer()]).toEqual([undefined, undefined]);
  expect(lines.map(({ message }) => message)).toEqual(['no e-mail is sent: NOTICES_FROM names no sender']);
});
