import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { CHECKS } from '../../deploy/smoke/checks.ts';
import { smoke } from '../../deploy/smoke/smoke.ts';
import { urlOf } from '../support/http.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something else that answers. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const faultsOf = async (url: string, patience = 0) =>
  (await smoke(url, patience)).filter(({ fault }) => fault !== undefined);

test('a Campus that is up passes the smoke test', async () => {
  expect(await faultsOf(`${urlOf('')}/`, 20_000)).toEqual([]);
});

test.each([
  [200, 'text/html', '<p>Under construction'],
  [200, 'application/json', '{"keys":[{"kty":"EC","d":"private"}]}'],
  [401, 'application/problem+json', '{"code":"unauthenticated"}'],
  [403, 'application/json', '{"message":"Missing Authentication Token"}'],
  [502, 'application/json', '{"message":"Internal server error"}'],
])(
  'what answers %i, %s to everything keeps none of the promises, but for pages where it has only pages',
  async (status, type, body) => {
    const url = await serving((_, response) => response.writeHead(status, { 'Content-Type': type }).end(body));
    const kept = status === 200 && type === 'text/html' ? 2 : 0;
    expect(await faultsOf(url)).toHaveLength(CHECKS.length - kept);
  },
);

test('what is not everywhere yet is asked again, and nobody is waited for for ever', async () => {
  const asked = new Map<string, number>();
  const url = await serving(async ({ url: path = '', headers }, response) => {
    const key = `${path} ${headers.authorization}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    if (asked.get(key) === 1) return response.writeHead(503).end();
    const { authorization: Authorization = '', accept: Accept = '' } = headers;
    const answer = await fetch(urlOf(path), { headers: { Accept, ...(Authorization && { Authorization }) } });
    const [type, challenge] = [answer.headers.get('content-type'), answer.headers.get('www-authenticate')];
    response.writeHead(answer.status, {
      'Content-Type': type ?? '',
      ...(challenge && { 'WWW-Authenticate': challenge }),
    });
    return response.end(await answer.text());
  });
  expect(await faultsOf(url, 20_000)).toEqual([]);
  expect([...asked.values()]).toEqual(CHECKS.map(() => 2));
  expect(await faultsOf('http://127.0.0.1:1', 0)).toHaveLength(CHECKS.length);
});
