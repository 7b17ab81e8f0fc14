import { describe, expect, test } from '@jest/globals';
import { campus } from '../../clients/campus.ts';
import { textOf } from '../../project/root.ts';
import { call, logIn, pathOf, urlOf } from '../support/http.ts';

/** Whether this is a deployment, whose gateway is not ours. */
const isDeployed = /execute-api/.test(urlOf(''));
const manifest = JSON.parse(textOf('package.json')) as { version: string };

test('GET /status says that the API is up, in which version, to anyone', async () => {
  const { status, body } = await call('GET', '/status');
  expect(status).toBe(200);
  expect(body).toEqual({ status: 'ok', version: manifest.version });
});

test('GET /openapi.json is the committed description', async () => {
  const { status, body } = await call('GET', '/openapi.json');
  expect(status).toBe(200);
  expect(body).toEqual(JSON.parse(textOf('openapi.json')));
});

describe('GET /docs', () => {
  test('runs only what this origin serves, with relative addresses, so that a stage in the path does not break it', async () => {
    const { status, headers, text } = await call('GET', '/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(text).not.toMatch(/(?:src|href)="(?:\/|https?:)|<script>|<style|style=/);
  });

  test('every file that the page names is there', async () => {
    const { text } = await call('GET', '/docs');
    const files = [...text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, file]) => file);
    expect(files).toHaveLength(2);
    for (const file of files) {
      const { status, headers } = await call('GET', `/${file}`);
      expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/(css|javascript);/)]);
    }
  });

  test.each(['package.json', '..%2Fpackage.json', '__proto__', 'docs-page.ts'])(
    'no other file leaves: %s',
    async (name) => {
      expect((await call('GET', `/docs/${name}`)).status).toBe(404);
    },
  );
});

test('GET / says what this is and where to go, by addresses that are there', async () => {
  const { status, body } = await call('GET', '/');
  expect([status, body.name, body.version]).toEqual([200, 'Campus', manifest.version]);
  for (const address of [body.documentation, body.openapi, body.status])
    expect([address, (await call('GET', `/${address}`)).status]).toEqual([address, 200]);
});

test('GET /docs/ leads to /docs, where the page finds its files', async () => {
  const { status, headers } = await fetch(urlOf('/docs/'), { redirect: 'manual' });
  if (status === 308) expect(headers.get('location')).toMatch(/\/docs$/);
  // An emulator may tell nobody of the slash.
  else expect([status, isDeployed]).toEqual([200, true]);
});

test('HEAD of a public address is its GET without the body', async () => {
  const [head, get] = await Promise.all([fetch(urlOf('/status'), { method: 'HEAD' }), fetch(urlOf('/status'))]);
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
});

describe('what cannot be routed says so', () => {
  test('a known address with another method: 405, and which methods there are', async () => {
    const response = await fetch(urlOf('/status'), { method: 'DELETE', headers: { 'Accept-Language': 'en' } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')?.split(', ')).toEqual(['GET', 'HEAD']);
    expect(await response.json()).toMatchObject({
      code: 'method_not_allowed',
      type: expect.stringMatching(/\/problems\//),
    });
  });

  test('an address beside a variable has methods of its own', async () => {
    const { status, headers } = await fetch(urlOf('/persons/claim'), { method: 'PATCH' });
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('an unknown address: 404, and what was asked for', async () => {
    const { body } = await call('GET', '/no-such-route');
    if (!isDeployed) expect(body.detail).toContain('GET /no-such-route');
    else expect(body.detail).toContain('/docs');
  });
});

test('no token and a bad token are told apart', async () => {
  const ask = async (headers: Record<string, string>) =>
    (await fetch(urlOf('/users/victor'), { headers })).headers.get('www-authenticate') ?? '';
  expect(await ask({})).toBe('Bearer');
  // The deployed gateway's own answers are constants.
  if (!isDeployed) expect(await ask({ Authorization: 'Bearer a.b.c' })).toMatch(/^Bearer error="invalid_token"/);
});

test('a local answer ends its line, so that a terminal shows each on one of its own', async () => {
  if (!isDeployed) expect((await call('GET', '/status')).text).toMatch(/\}\n$/);
});

describe('GET /problems/{code}', () => {
  test('is where the type of a refusal leads: JSON for programs', async () => {
    const { body: refusal } = await call('GET', '/persons/abc', { token: await logIn('admin', 'admin') });
    const { status, body } = await call('GET', pathOf(refusal.type));
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: refusal.code, status: refusal.status });
    for (const told of [body.title, body.cause, body.remedy]) {
      expect([told.fr, told.en]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
      expect(told.fr).not.toBe(told.en);
    }
  });

  test('is a page in both languages for people, that runs nothing from elsewhere', async () => {
    const { headers, text } = await call('GET', '/problems/stale_version', {
      headers: { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
    });
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toMatch(/<section lang="fr">[\s\S]*Version périmée[\s\S]*<section lang="en">[\s\S]*Stale version/);
    expect(text).not.toMatch(/(?:src|href)="(?:\/|https?:)|<script|<style|style=/);
  });

  test.each(['no_such_problem', '__proto__', 'constructor'])('of a code that is none is 404: %s', async (code) => {
    expect((await call('GET', `/problems/${code}`)).status).toBe(404);
  });

  test('every code that the API describes has its page', async () => {
    const { components } = (await call('GET', '/openapi.json')).body;
    const codes = Object.keys(components.examples);
    expect(codes.length).toBeGreaterThan(40);
    for (const code of codes) expect([code, (await call('GET', `/problems/${code}`)).status]).toEqual([code, 200]);
  });
});

test('what the gateway refuses by itself is a problem like any other', async () => {
  const unknown = await call('GET', '/no-such-route', { headers: { 'Accept-Language': 'en' } });
  expect(unknown.headers.get('content-type')).toContain('application/problem+json');
  expect(unknown.body).toMatchObject({ status: 404, code: 'not_found' });
  // The deployed gateway's own answers are constants: French, whatever the caller prefers.
  expect(['Not found', 'Introuvable']).toContain(unknown.body.title);
  const unnamed = await call('GET', '/users/victor');
  expect(unnamed.body).toMatchObject({ status: 401, code: 'unauthenticated' });
  expect(unnamed.headers.get('www-authenticate')).toBe('Bearer');
});

test('the typed client signs in and reads a profile', async () => {
  let token: string | undefined;
  const client = campus({ baseUrl: urlOf(''), token: () => token, language: 'en' });
  const signedIn = await client.POST('/auth/login', { body: { username: 'victor', password: '1234' } });
  token = signedIn.data?.access_token;
  const profile = await client.GET('/users/{username}', { params: { path: { username: 'victor' } } });
  expect(profile.data).toMatchObject({ username: 'victor', role: 'student' });
  const missing = await client.GET('/users/{username}', { params: { path: { username: 'nobody-here' } } });
  expect(missing.error).toMatchObject({ status: 404, code: 'user_not_found', title: 'User not found' });
});

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly example?: unknown;
}

/** Whose ids no example can know, and the cards of a term that is still open. */
const MADE_MEANWHILE = new Set([
  '/orders/{id}',
  '/imports/{id}',
  '/classes/{class_name}/report-cards.pdf',
  '/students/{id}/payments/{payment_id}/receipt',
  '/students/{id}/payments/{payment_id}/receipt.pdf',
]);

test('the examples of paths in the description exist in the demo data, save what is made while one watches', async () => {
  const token = await logIn('admin', 'admin');
  const { paths } = JSON.parse(textOf('openapi.json')) as {
    paths: Record<string, { get?: { parameters?: Parameter[] } }>;
  };
  const statuses: Record<string, number> = {};
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get || MADE_MEANWHILE.has(path)) continue;
    const variables = (get.parameters ?? []).filter(({ in: place }) => place === 'path');
    const filled = variables.reduce(
      (all, one) => all.replace(`{${one.name}}`, encodeURIComponent(`${one.example}`)),
      path,
    );
    const asked = (get.parameters ?? []).filter(({ in: place, required }) => place === 'query' && required);
    const query = asked.map(({ name, example }) => `${name}=${encodeURIComponent(`${example}`)}`).join('&');
    statuses[filled] = (await call('GET', query ? `${filled}?${query}` : filled, { token })).status;
  }
  expect(Object.keys(statuses).length).toBeGreaterThan(20);
  expect(Object.entries(statuses).filter(([, status]) => status !== 200)).toEqual([]);
});
