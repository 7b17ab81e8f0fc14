import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { hiddenFields, SAME_ORIGIN, toHandler, Visitor } from '../../tests/support/visitor.ts';
import { handler } from './portal.ts';

let services: PeerStub;
beforeAll(async () => {
  services = await startPeer();
});
beforeEach(() =>
  services.behave(
    answering({ ...servicesSaying('Awa'), 'POST /auth/codes': json(200, { code: 'c0de', expires_in: 60 }) }),
  ),
);
afterAll(() => services.stop());

const PATH = '/portal/authorize';
const asked = {
  response_type: 'code',
  client_id: 'campus-cli',
  redirect_uri: 'http://127.0.0.1:49152/callback',
  code_challenge: createHash('sha256').update('secret').digest('base64url'),
  code_challenge_method: 'S256',
  state: 'a-state-of-its-own',
};
const addressOf = (query: object = asked): string => `${PATH}?${new URLSearchParams({ ...query })}`;

async function signedIn(username = 'victor'): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler), { forms: SAME_ORIGIN });
  visitor.jar.set('__Host-campus-access', `student~${await accessToken(username)}`);
  visitor.jar.set('__Host-campus-refresh', 'refresh-1');
  return visitor;
}

const changes = () => services.requests.filter(({ method }) => method !== 'GET').map(({ url }) => url);

const leadsTo = (refresh = ''): URL => new URL(refresh.replace(/^0; url=/, ''));

test('whoever is signed in is asked, told who they are and which number to compare, and nothing has happened', async () => {
  const { status, text, headers } = await (await signedIn()).get(addressOf());
  expect([status, headers.refresh]).toEqual([200, undefined]);
  expect(text).toContain('<strong>victor</strong>');
  expect(text).toMatch(/<strong>\d{3} \d{3}<\/strong>/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(changes()).toEqual([]);
});

test('a yes sends the code to the program, with its state, by a page that no other site learns of', async () => {
  const visitor = await signedIn();
  const shown = await visitor.submit(await visitor.get(addressOf()), PATH, { answer: 'yes' });
  const to = leadsTo(shown.headers.refresh);
  expect([to.origin, to.pathname]).toEqual(['http://127.0.0.1:49152', '/callback']);
  expect(Object.fromEntries(to.searchParams)).toEqual({ code: 'c0de', state: asked.state });
  expect([shown.status, shown.headers['cache-control'], shown.headers['referrer-policy']]).toEqual([
    200,
    'no-store',
    'same-origin',
  ]);
  expect(changes()).toEqual(['/auth/codes']);
});

test('a no asks for no code, and the program is told', async () => {
  const visitor = await signedIn();
  const shown = await visitor.submit(await visitor.get(addressOf()), PATH, { answer: 'no' });
  expect(Object.fromEntries(leadsTo(shown.headers.refresh).searchParams)).toEqual({
    error: 'access_denied',
    state: asked.state,
  });
  expect(changes()).toEqual([]);
});

test('who is not signed in signs in first, and is led back to the same question', async () => {
  const visitor = new Visitor(toHandler(handler), { forms: SAME_ORIGIN });
  const shown = await visitor.follow(await visitor.get(addressOf()));
  expect(hiddenFields(shown.text, '/').next).toBe(addressOf());
});

describe('nobody is led anywhere, and no code is asked for', () => {
  const WRONG = [
    ...[
      'https://evil.example/callback',
      'http://localhost:49152/callback',
      'http://127.0.0.1.evil.example:49152/callback',
      'http://127.0.0.1:49152@evil.example/callback',
      'http://127.0.0.1:49152/elsewhere',
      '//evil.example/callback',
      'javascript:alert(1)',
    ].map((redirect_uri) => ({ redirect_uri })),
    { code_challenge: 'plain' },
    { code_challenge_method: 'plain' },
    { response_type: 'token' },
    { client_id: 'another' },
    { state: '' },
    { state: '"><script>alert(1)</script>' },
  ];

  test.each(WRONG)('for a request with %j, in the address or in the form', async (wrong) => {
    const visitor = await signedIn();
    const shown = await visitor.get(addressOf({ ...asked, ...wrong }));
    const sent = await visitor.submit(await visitor.get(addressOf()), PATH, { answer: 'yes', ...wrong });
    for (const { status, headers, text } of [shown, sent]) {
      expect([status, headers.refresh, headers.location]).toEqual([400, undefined, undefined]);
      expect(text).not.toMatch(/(?:href|action|src|content)="[^"]*evil\.example/);
      expect(text).not.toContain('<script>alert');
    }
    expect(changes()).toEqual([]);
  });

  test('by a form of another site, or one that was made for another account', async () => {
    const visitor = await signedIn();
    const fields = { ...asked, answer: 'yes' };
    expect((await visitor.post(PATH, fields, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await visitor.post(PATH, fields, {})).status).toBe(403);
    const kilian = await signedIn('kilian');
    const { form_token = '' } = hiddenFields((await kilian.get(addressOf())).text, PATH);
    expect((await visitor.post(PATH, { ...fields, form_token })).status).toBe(403);
    expect(changes()).toEqual([]);
  });

  test('by an answer that is neither yes nor no', async () => {
    const visitor = await signedIn();
    const shown = await visitor.submit(await visitor.get(addressOf()), PATH, {});
    expect(leadsTo(shown.headers.refresh).searchParams.has('code')).toBe(false);
    expect(changes()).toEqual([]);
  });
});

test('the session that asks shows its refresh token: without one, the visitor signs in again', async () => {
  const visitor = await signedIn();
  const shown = await visitor.get(addressOf());
  visitor.jar.delete('__Host-campus-refresh');
  services.behave(answering({ 'POST /auth/codes': refuses(401, 'invalid_refresh_token') }));
  const sent = await visitor.submit(shown, PATH, { answer: 'yes' });
  expect([sent.status, sent.headers.refresh]).toEqual([307, undefined]);
  const again = await visitor.post(sent.headers.location ?? '', { ...asked, answer: 'yes' });
  expect([again.status, again.headers.refresh]).toEqual([303, undefined]);
  expect(new URL(again.headers.location ?? '', 'http://campus.test').pathname).toBe('/');
});
