import { describe, expect, test } from '@jest/globals';
import { campus } from '../../clients/campus.ts';
import { call, urlOf } from '../support/http.ts';
import { textOf } from '../support/project.ts';

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
    expect(files).toHaveLength(3);
    for (const file of files) {
      const { status, headers } = await call('GET', `/${file}`);
      expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/(css|javascript);/)]);
    }
  });

  test.each(['package.json', '..%2Fpackage.json', '__proto__', 'viewer.ts'])(
    'no other file leaves: %s',
    async (name) => {
      expect((await call('GET', `/docs/${name}`)).status).toBe(404);
    },
  );
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
