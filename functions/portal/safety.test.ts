import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { json, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { hiddenFields, SAME_ORIGIN, toHandler, Visitor } from '../../tests/support/visitor.ts';
import { inside } from './kit/page.ts';
import { handler } from './portal.ts';

let services: PeerStub;

const pair = async (refresh_token: string) => ({
  access_token: await accessToken('victor'),
  refresh_token,
  expires_in: 900,
  role: 'student',
});

beforeAll(async () => {
  services = await startPeer();
});
beforeEach(async () => {
  const bought = json(201, { message: 'Achat enregistre' });
  const signIn = json(200, await pair('refresh-1'));
  services.behave(
    answering({ ...servicesSaying('Awa'), 'POST /orders/victor/buy': bought, 'POST /auth/login': signIn }),
  );
});
afterAll(() => services.stop());

const send = toHandler(handler);

async function signedIn(username = 'victor'): Promise<Visitor> {
  const visitor = new Visitor(send);
  visitor.jar.set('__Host-campus-access', `student~${await accessToken(username)}`);
  return visitor;
}

/** What was asked to change something; a rehearsal changes nothing. */
const changes = () =>
  services.requests
    .filter(({ method }) => method !== 'GET')
    .flatMap(({ url = '' }) => (url.endsWith('dry_run=true') ? [] : url));

describe('a form that no page of ours sent does nothing', () => {
  const fields = { key: 'a-key-of-its-own', offer: '1500 XOF' };

  test.each([
    ['another site says it sent it', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a site of the same domain', { 'Sec-Fetch-Site': 'same-site' }],
    ['an older browser names another origin', { Origin: 'https://evil.example' }],
    ['a page without an origin', { Origin: 'null' }],
    ['an origin that only begins alike', { Origin: 'http://campus.test.evil.example' }],
    ['nobody says anything, and there is no token', {}],
  ])('%s', async (_, headers) => {
    const visitor = await signedIn();
    const { status, text } = await visitor.post('/buy/1', fields, headers);
    expect(status).toBe(403);
    expect(text).toContain('Formulaire refusé');
    expect(changes()).toEqual([]);
  });

  test('one with another’s token, whatever the browser says', async () => {
    const kilian = await signedIn('kilian');
    const { form_token = '' } = hiddenFields((await kilian.get('/logout')).text, '/logout');
    const victor = await signedIn();
    for (const headers of [{}, SAME_ORIGIN])
      expect((await victor.post('/buy/1', { ...fields, form_token }, headers)).status).toBe(403);
    expect(changes()).toEqual([]);
  });

  test('one from another site carries its own token in vain', async () => {
    const visitor = await signedIn();
    const hidden = hiddenFields((await visitor.get('/buy/1')).text, '/buy/1');
    expect((await visitor.post('/buy/1', hidden, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect(changes()).toEqual([]);
  });

  test('nobody is signed in by another site, to an account that is not theirs', async () => {
    const stranger = { username: 'mallory', password: 'a long password' };
    for (const headers of [{}, { 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://evil.example' }]) {
      const visitor = new Visitor(send);
      expect((await visitor.post('/', stranger, headers)).status).toBe(403);
      expect(visitor.jar.has('__Host-campus-access')).toBe(false);
    }
    expect(changes()).toEqual([]);
  });
});

test.each([
  ['its browser says so', SAME_ORIGIN],
  ['its origin is ours', { Origin: 'http://campus.test' }],
])('a form of ours is taken: %s', async (_, headers) => {
  const visitor = await signedIn();
  expect((await visitor.post('/buy/1', { key: 'a-key-of-its-own', offer: '1500 XOF' }, headers)).status).toBe(303);
});

test('a browser that says nothing shows by the token that the form is ours', async () => {
  const visitor = await signedIn();
  const answer = await visitor.submit(await visitor.get('/buy/1'), '/buy/1');
  expect([answer.status, answer.headers.location]).toEqual([303, '/purchases']);
  const newcomer = new Visitor(send);
  const entered = await newcomer.submit(await newcomer.get('/'), '/', { username: 'victor', password: '1234' });
  expect([entered.status, entered.headers.location]).toEqual([303, '/home']);
});

test('every form of every page has its token', async () => {
  const visitor = await signedIn();
  for (const path of ['/home', '/buy/1', '/logout', '/portal/account', '/portal/marks', '/portal/fees']) {
    const { text } = await visitor.get(path);
    const forms = [...text.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)].map(([form]) => form);
    expect(forms.length).toBeGreaterThan(1);
    expect(forms.filter((form) => !/name="form_token" value="[\w-]{43}"/.test(form))).toEqual([]);
  }
});

test('no GET changes anything', async () => {
  const visitor = await signedIn();
  for (const { path } of handler.pages)
    await visitor.get(path.replace('{id}', '1').replace('{class}', '4eB').replace('{name}', 'style.css'));
  expect(changes()).toEqual([]);
});

test('a form that is sent twice carries one key, so that one purchase is made', async () => {
  const visitor = await signedIn();
  const shown = await visitor.get('/buy/1');
  await Promise.all([visitor.submit(shown, '/buy/1'), visitor.submit(shown, '/buy/1')]);
  const keys = services.requests.filter(({ method }) => method === 'POST').map((one) => one.headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  const again = hiddenFields((await visitor.get('/buy/1')).text, '/buy/1').key;
  expect(keys).not.toContain(again);
});

test('a price that changed since it was shown buys nothing until it is confirmed', async () => {
  const visitor = await signedIn();
  const { status, text } = await visitor.submit(await visitor.get('/buy/1'), '/buy/1', { offer: '900 XOF' });
  expect(status).toBe(409);
  expect(text).toContain('Le prix a changé');
  expect(changes()).toEqual([]);
});

describe('a redirect stays inside', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '/%0d%0aSet-Cookie:a=b\r\nX: y',
    '',
    'home',
  ])('%j', (next) => {
    const way = new URL(inside(next), 'http://campus.test');
    expect(way.host).toBe('campus.test');
    expect(way.pathname.startsWith('//')).toBe(false);
  });

  test('and leads where it was meant to', () => {
    expect(inside('/portal/marks?term=t1')).toBe('/portal/marks?term=t1');
  });

  test('also after signing in, and after choosing a language', async () => {
    const visitor = new Visitor(send, { forms: SAME_ORIGIN });
    const shown = await visitor.get('/?next=https%3A%2F%2Fevil.example%2F');
    expect(hiddenFields(shown.text, '/').next).toBe('/home');
    const entered = await visitor.post('/', { username: 'victor', password: '1234', next: '//evil.example' });
    expect(entered.headers.location).toBe('/home');
    const looked = await visitor.post('/portal/look', { language: 'en', back: 'https://evil.example' });
    expect(looked.headers.location).toBe('/home');
  });
});

test('no page may be framed, nothing from elsewhere runs on one, and other sites learn nothing of it', async () => {
  const pages = [
    await (await signedIn()).get('/home'),
    await new Visitor(send).get('/'),
    await new Visitor(send).get('/x'),
  ];
  for (const { headers } of pages) {
    const policy = headers['content-security-policy']?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]),
    );
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
  }
});

test('every cookie is for this host alone, over a safe line, and out of reach of scripts', async () => {
  const visitor = new Visitor(send, { forms: SAME_ORIGIN });
  const answers = [
    await visitor.get('/'),
    await visitor.post('/', { username: 'victor', password: '1234' }),
    await visitor.post('/portal/look', { theme: 'dark' }),
    await visitor.post('/portal/child', { child: '2' }),
    await visitor.post('/logout', {}),
  ];
  const cookies = answers.flatMap((answer) => answer.cookies);
  expect(cookies.length).toBeGreaterThan(8);
  for (const one of cookies)
    expect(one).toMatch(
      /^__Host-campus-\w+=[^;]*; (?=.*Path=\/(?:;|$))(?=.*Secure)(?=.*HttpOnly)(?=.*SameSite=Lax)(?!.*Domain)/,
    );
});

describe('a session whose access token has ended', () => {
  const asleep = (): Visitor => {
    const visitor = new Visitor(send, { forms: SAME_ORIGIN });
    visitor.jar.set('__Host-campus-refresh', 'refresh-1');
    return visitor;
  };
  const known = servicesSaying('Awa');

  test('gets a new pair before the page is shown, and the page is what was asked for', async () => {
    services.behave(answering({ ...known, 'POST /auth/refresh': json(200, await pair('refresh-2')) }));
    const visitor = asleep();
    const first = await visitor.get('/portal/marks?term=t1');
    expect([first.status, first.headers.location]).toEqual([307, '/portal/marks?term=t1']);
    expect(visitor.jar.get('__Host-campus-refresh')).toBe('refresh-2');
    expect((await visitor.follow(first)).text).toContain('Moyenne générale');
  });

  test('sends a form again as it was typed (307), and nothing is done without a session', async () => {
    services.behave(answering({ ...known, 'POST /auth/refresh': json(200, await pair('refresh-2')) }));
    const { status } = await asleep().post('/buy/1', { key: 'a-key-of-its-own', offer: '1500 XOF' });
    expect([status, changes()]).toEqual([307, ['/auth/refresh']]);
  });

  test('waits for the tab that was faster, and never sends the old token again, which would end the session', async () => {
    services.behave(answering({ ...known, 'POST /auth/refresh': refuses(409, 'refresh_in_progress') }));
    const visitor = asleep();
    const first = await visitor.get('/home');
    expect([first.status, first.headers.location]).toEqual([307, '/home?renewing=1']);
    const second = await visitor.get('/home?renewing=1');
    expect([second.status, second.headers.location]).toEqual([307, '/home?renewing=2']);
    expect(changes()).toEqual(['/auth/refresh']);
    visitor.jar.set('__Host-campus-access', `student~${await accessToken('victor')}`);
    const third = await visitor.get('/home?renewing=2');
    expect([third.status, third.headers.location]).toEqual([303, '/home']);
    expect(third.cookies).toEqual([]);
  });

  test('leads to the sign-in once it is over, says so, and leads back', async () => {
    services.behave(answering({ ...known, 'POST /auth/refresh': refuses(401, 'invalid_refresh_token') }));
    const visitor = asleep();
    const shown = await visitor.follow(await visitor.get('/purchases'));
    expect(shown.text).toContain('Votre session est terminée');
    expect(hiddenFields(shown.text, '/').next).toBe('/purchases');
    expect(visitor.jar.has('__Host-campus-refresh')).toBe(false);
  });

  test('is kept where the accounts service does not answer', async () => {
    services.behave(answering({ ...known, 'POST /auth/refresh': refuses(500, 'internal_error') }));
    const visitor = asleep();
    expect((await visitor.get('/home')).status).toBe(503);
    expect(visitor.jar.get('__Host-campus-refresh')).toBe('refresh-1');
  });

  test('a session that ended elsewhere is noticed by the next page', async () => {
    services.behave(
      answering({
        'GET /orders': refuses(401, 'unauthenticated'),
        'POST /auth/refresh': refuses(401, 'invalid_refresh_token'),
      }),
    );
    const visitor = await signedIn();
    visitor.jar.set('__Host-campus-refresh', 'refresh-1');
    const shown = await visitor.follow(await visitor.get('/portal/orders'));
    expect(shown.text).toContain('Votre session est terminée');
    expect(visitor.jar.has('__Host-campus-access')).toBe(false);
  });
});
