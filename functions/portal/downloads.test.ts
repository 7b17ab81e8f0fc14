import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { log } from '../../platform/base/log.ts';
import { until } from '../../project/until.ts';
import { FAULTS, json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { accessToken, answering } from '../../tests/support/services.ts';
import { toHandler, Visitor } from '../../tests/support/visitor.ts';
import { handler } from './downloads.ts';
import { pieces, received } from './kit/download.ts';

let services: PeerStub;

beforeAll(async () => {
  services = await startPeer();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => services.stop());

async function signedIn(role = 'admin'): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler));
  visitor.jar.set('__Host-campus-access', `${role}~${await accessToken('awa')}`);
  return visitor;
}

/** Bytes that are no text in any encoding. */
const BYTES = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256));

/** Makes this file. */
const making =
  (type: string, disposition: string, bytes: Buffer) =>
  (_: unknown, response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': type, 'Content-Disposition': disposition }).end(bytes);
  };

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TERM = '01999d11-9800-7000-8000-000000000000';

describe('a file is the service’s own, to the byte', () => {
  test.each([
    ['students?format=xlsx&class_name=4eB', '/students/export?format=xlsx&class_name=4eB', SHEET],
    ['averages', '/grades/export?format=xlsx', SHEET],
    ['averages?format=pdf', '/grades/export?format=pdf', 'application/pdf'],
    [`report-cards/1/2?term=${TERM}`, `/grades/1/report-card.pdf?term=${TERM}&version=2`, 'application/pdf'],
    [`classes/4e%20B/report-cards?term=${TERM}`, `/classes/4e%20B/report-cards.pdf?term=${TERM}`, 'application/pdf'],
    ['classes/4e%20B/report', '/classes/4e%20B/report.pdf', 'application/pdf'],
    [`classes/4e%20B/top-ten?term=${TERM}`, `/rankings/top10.pdf?class_name=4e+B&term=${TERM}`, 'application/pdf'],
    ['top-ten', '/rankings/top10.pdf', 'application/pdf'],
    ['students/1/payments/p1/receipt', '/students/1/payments/p1/receipt.pdf', 'application/pdf'],
  ])('%s', async (address, path, type) => {
    services.behave(making(type, 'inline; filename="inline.x"', BYTES));
    const { status, headers, text } = await (await signedIn()).get(`/portal/files/${address}`);
    expect([status, Buffer.from(text, 'base64').equals(BYTES)]).toEqual([200, true]);
    expect(headers).toMatchObject({
      'content-type': type,
      'content-disposition': 'attachment; filename="inline.x"',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(services.requests.map(({ url }) => url)).toEqual([path]);
    expect(services.requests[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer /),
      'accept-language': 'fr',
      accept: type,
    });
  });

  test('and text, for as long as it is', async () => {
    const line = `${'é'.repeat(500)}\n`;
    const lines = line.repeat(8_000);
    services.behave(making('application/x-ndjson', 'attachment; filename="Campus.ndjson"', Buffer.from(lines)));
    expect((await (await signedIn()).get('/portal/files/whole')).text).toBe(lines);
    expect(services.requests[0]?.url).toBe('/export');
  });
});

describe('what cannot be had is a page that says why', () => {
  test.each(['students', 'averages', 'whole'])('%s is the office’s, and no service is asked', async (what) => {
    services.behave(answering({}));
    const { status, text } = await (await signedIn('teacher')).get(`/portal/files/${what}`);
    expect([status, services.requests.length]).toEqual([403, 0]);
    expect(text).toContain('Accès réservé');
  });

  test.each([
    'nothing',
    'students?format=exe',
    'report-cards/1/x',
    'report-cards/0/1',
    'report-cards/1/1?term=../1',
    'classes/4eB/report-cards',
    'students/1/payments/a%2Fb/receipt',
  ])('there is no file at %s', async (address) => {
    services.behave(answering({}));
    const { status, text } = await (await signedIn()).get(`/portal/files/${address}`);
    expect([status, services.requests.length]).toEqual([404, 0]);
    expect(text).toContain('Page introuvable');
  });

  test('what is not theirs is not there', async () => {
    services.behave(refuses(404, 'report_card_not_found'));
    const { status, text } = await (await signedIn('guardian')).get('/portal/files/report-cards/1/1');
    expect(status).toBe(404);
    expect(text).toContain('Page introuvable');
  });

  test.each(['answers HTML', 'answers without an end', 'hangs up', 'redirects'])(
    'a service that %s is unavailable for a moment, and the way back asks for the same file',
    async (fault) => {
      services.behave(
        fault === 'answers HTML' ? json(502, 'bad gateway', 'text/html') : (FAULTS[fault] ?? json(500, {})),
      );
      const { status, headers, text } = await (await signedIn()).get('/portal/files/students?format=csv');
      expect(status).toBe(503);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(text).toContain('href="/portal/files/students?format=csv"');
    },
  );

  test('a session that is over leads to the sign-in, and back to the file', async () => {
    services.behave(refuses(401, 'unauthenticated'));
    const visitor = await signedIn();
    const { status, headers } = await visitor.get('/portal/files/students?format=csv');
    expect([status, headers.location]).toEqual([307, '/portal/files/students?format=csv&renewing=0']);
    const gone = await visitor.get('/portal/files/students?format=csv');
    expect(gone.headers.location).toBe(`/?next=${encodeURIComponent('/portal/files/students?format=csv')}`);
  });

  test('nothing is sent there', async () => {
    expect((await (await signedIn()).post('/portal/files/whole', {})).status).toBe(405);
  });
});

/** Opens the answer as the gateway of a local start does. */
async function opened(method = 'GET') {
  const cookie = `__Host-campus-access=admin~${await accessToken('awa')}`;
  return handler.open({
    ...{ httpMethod: method, path: '/portal/files/whole', resource: '/portal/files/{proxy+}' },
    ...{ pathParameters: { proxy: 'whole' }, headers: { Cookie: cookie }, multiValueHeaders: {} },
    requestContext: { requestId: 'r', path: '/portal/files/whole', identity: { sourceIp: '203.0.113.9' } },
  } as unknown as APIGatewayProxyEvent);
}

/** A service whose file never ends, unless its line is cut. */
function endless() {
  const seen = { closed: false, cut: () => {} };
  services.behave((_, response) => {
    response.on('close', () => {
      seen.closed = true;
    });
    seen.cut = () => response.destroy();
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  return seen;
}

describe('a file leaves while it comes', () => {
  test('a browser that hangs up ends the making', async () => {
    const seen = endless();
    const { statusCode, stream } = await opened();
    expect([statusCode, (await stream?.next())?.done]).toEqual([200, false]);
    expect(seen.closed).toBe(false);
    await stream?.return();
    await until(() => seen.closed);
  });

  test('to HEAD there is no body, and nothing goes on', async () => {
    const seen = endless();
    expect(await opened('HEAD')).toMatchObject({ statusCode: 200, body: '' });
    await until(() => seen.closed);
  });

  test('what breaks off breaks the connection: a part never passes for the whole', async () => {
    const logged = jest.spyOn(log, 'error').mockReturnValue(undefined);
    const service = endless();
    const { stream } = await opened();
    await stream?.next();
    service.cut();
    await expect(stream?.whole()).rejects.toThrow();
    expect(logged).toHaveBeenCalledWith('stream broke off', expect.anything());
  });

  test('a service that falls silent on the way is given up', async () => {
    services.behave((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/csv' }).flushHeaders();
    });
    await expect(pieces(await received('/silent', {}), 20).next()).rejects.toThrow('fell silent');
  });
});
