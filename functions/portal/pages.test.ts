import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OFFICE_PAGES } from '../../tests/support/office-services.ts';
import { FAULTS, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { ASSESSMENT, accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { toHandler, Visitor } from '../../tests/support/visitor.ts';
import { handler } from './portal.ts';

let services: PeerStub;

beforeAll(async () => {
  services = await startPeer();
});
beforeEach(() => services.behave(answering(servicesSaying('Awa'))));
afterAll(() => services.stop());

/** Somebody who is signed in already. */
async function signedIn(role = 'student', stage = ''): Promise<Visitor> {
  const visitor = new Visitor(toHandler(handler, stage), { forms: { 'Sec-Fetch-Site': 'same-origin' } });
  visitor.jar.set('__Host-campus-access', `${role}~${await accessToken('victor')}`);
  visitor.jar.set('__Host-campus-person', '1');
  return visitor;
}

/** Every page that shows something to somebody with a session. */
const PAGES = [
  '/home',
  '/buy/1',
  '/purchases',
  '/logout',
  '/portal/orders',
  '/portal/orders/01a217b5-f551-73fb-92cb-2adb7842a20e',
  '/portal/marks',
  '/portal/fees',
  '/portal/health',
  '/portal/classes',
  '/portal/classes/4eB',
  '/portal/classes/4eB/remarks',
  '/portal/classes/4eB/council',
  '/portal/classes/4eB/report-cards',
  '/portal/classes/4eB/report-cards/publish',
  '/portal/classes/4eB/report-cards/close',
  '/portal/classes/4eB/report-cards/reopen',
  '/portal/report-cards',
  '/portal/report-cards/1/1?term=t1',
  '/portal/classes/4eB/assessments',
  '/portal/classes/4eB/assessments/new',
  `/portal/classes/4eB/assessments/${ASSESSMENT}`,
  `/portal/classes/4eB/assessments/${ASSESSMENT}/edit`,
  `/portal/classes/4eB/assessments/${ASSESSMENT}/delete`,
  '/portal/students/1',
  '/portal/account',
  '/portal/account/password',
  '/portal/orders/01a217b5-f551-73fb-92cb-2adb7842a20e/pay',
  '/portal/fees/pay',
  '/portal/students/1/payments/l1/receipt',
  ...OFFICE_PAGES,
] as const;

/** Who is shown a page: the school office its own, and everybody the others. */
const rolesOf = (path: string): string[] =>
  OFFICE_PAGES.some((one) => one === path) ? ['admin'] : ['student', 'teacher', 'admin'];

test('every page is among those above, or takes no session, or is only the address of a form', () => {
  const forms = ['/portal/child', '/portal/account/sessions'];
  // Asked for by a program, with a query of its own: authorize.test.ts.
  const asked = ['/portal/authorize'];
  const open = ['/', '/register', '/portal/register', '/portal/look', '/portal/assets/{name}'];
  const templates = handler.pages
    .map(({ path }) => path)
    .filter((path) => ![...forms, ...asked, ...open].includes(path));
  const pattern = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  expect(templates.filter((path) => !PAGES.some((one) => pattern(path).test(one.split('?')[0] ?? '')))).toEqual([]);
});

describe('what people wrote is text, whatever it holds', () => {
  const MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'';

  test.each(PAGES)('%s', async (path) => {
    services.behave(answering(servicesSaying(MARKUP)));
    for (const role of rolesOf(path)) {
      const { status, text } = await (await signedIn(role)).get(path);
      expect(status).toBe(200);
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img src=x');
      // The only quotation marks are the page's own: no attribute can be broken out of.
      expect(text).not.toContain('"><script');
    }
  });

  test('what was typed into a form that is refused', async () => {
    services.behave(answering({ 'POST /users': refuses(409, 'username_taken') }));
    const visitor = new Visitor(toHandler(handler));
    const typed = {
      username: MARKUP,
      password: 'a long password',
      password_again: 'a long password',
      first_name: MARKUP,
    };
    const { status, text } = await visitor.submit(await visitor.get('/register'), '/portal/register', typed);
    expect(status).toBe(409);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('a long password');
  });
});

test.each(PAGES)('without a session %s leads to the sign-in, and from there back', async (path) => {
  const visitor = new Visitor(toHandler(handler));
  const { status, headers } = await visitor.get(path);
  expect(status).toBe(303);
  const next = new URL(headers.location ?? '', 'http://campus.test').searchParams.get('next') ?? '/home';
  expect(next).toBe(path);
  expect(services.requests).toHaveLength(0);
});

describe('under a stage', () => {
  test.each(PAGES)('every address on %s begins with it', async (path) => {
    const [role] = rolesOf(path);
    const { text } = await (await signedIn(role, '/dev')).get(`/dev${path}`);
    const addresses = [...text.matchAll(/(?:href|src|action)="(?!data:text\/csv)([^"#][^"]*)"/g)].map(
      ([, one = '']) => one,
    );
    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter((one) => !one.startsWith('/dev/'))).toEqual([]);
  });

  test('a redirect does, too', async () => {
    const visitor = new Visitor(toHandler(handler, '/dev'));
    expect((await visitor.get('/dev/home')).headers.location).toBe('/dev/');
  });
});

describe('a service that does not answer costs its part, and not the page', () => {
  const table = servicesSaying('Awa');
  const failing = (...routes: string[]) =>
    answering({ ...table, ...Object.fromEntries(routes.map((route) => [route, FAULTS['answers 500']])) });

  test.each([
    ['/home', 'GET /orders/articles', 'Moyenne générale'],
    ['/home', 'GET /grades/1', '1\u202f500'],
    ['/home', 'GET /students/1/payments', 'Moyenne générale'],
    ['/home', 'GET /notifications', '1\u202f500'],
    ['/home', 'GET /notifications', 'Moyenne générale'],
    ['/portal/marks', 'GET /grades/1', 'Awa'],
    ['/portal/marks', 'GET /terms', 'Moyenne générale'],
    ['/portal/fees', 'GET /students/1/payments', 'Awa'],
    ['/portal/account', 'GET /auth/sessions', 'Profil'],
    ['/portal/classes/4eB', 'GET /rankings/top10', 'Effectif'],
  ])('%s without %s', async (path, route, rest) => {
    services.behave(failing(route));
    const { status, text } = await (await signedIn()).get(path);
    expect(status).toBe(200);
    expect(text).toContain(rest);
    if (route !== 'GET /terms') expect(text).toContain('Ce service ne répond pas');
  });

  test.each(['/portal/marks', '/portal/fees', '/portal/report-cards'])(
    '%s knows the children by what was marked where the list of them is missing',
    async (path) => {
      services.behave(failing('GET /students/mine'));
      const { status, text } = await (await signedIn()).get(path);
      expect(status).toBe(200);
      expect(text).toContain('name="child" value="2"');
    },
  );

  test('where it is what the page is for, the page says so and when to try again, and is no error of ours', async () => {
    services.behave(failing('GET /products/1'));
    const { status, headers, text } = await (await signedIn()).get('/buy/1');
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(text).toContain('Momentanément indisponible');
  });
});

test('a child of whom the marks’ service has not heard has every page all the same', async () => {
  const table = servicesSaying('Awa');
  const marks = ['GET /grades/1', 'GET /grades/1/report-cards'].map((route) => [
    route,
    refuses(404, 'student_not_found'),
  ]);
  services.behave(answering({ ...table, 'GET /notifications': [], ...Object.fromEntries(marks) }));
  const visitor = await signedIn('guardian');
  for (const [path, word] of [
    ['/home', '50\u202f000'],
    ['/portal/fees', '50\u202f000'],
    ['/portal/marks', 'Aucune note n’est encore saisie.'],
    ['/portal/report-cards', 'Aucun bulletin n’est encore publié.'],
  ] as const) {
    const { status, text } = await visitor.get(path);
    expect([path, status, text.includes(word)]).toEqual([path, 200, true]);
    expect(text).toContain('name="child" value="2"');
  }
});

test.each([
  ['an article that is not there', '/buy/9', 404],
  ['no article at all', '/buy/x', 404],
  ['an order of somebody else', '/portal/orders/01a217b5-f551-73fb-92cb-2adb7842a20f', 404],
  ['a page that is not there', '/portal/nothing', 404],
])('%s is not found, in the frame of every page', async (_, path, status) => {
  const answer = await (await signedIn()).get(path);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain('Page introuvable');
  expect(answer.text).toContain('<nav class="menu"');
});

test('what a role does not open is said to be so', async () => {
  services.behave(answering({ 'GET /classes': refuses(403, 'forbidden') }));
  const { status, text } = await (await signedIn()).get('/portal/classes');
  expect(status).toBe(403);
  expect(text).toContain('Accès réservé');
});

test('an address that takes a form only says so, and what is no form is none', async () => {
  const visitor = await signedIn();
  expect((await visitor.post('/home', {})).status).toBe(405);
  const send = toHandler(handler);
  const cookie = [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { Cookie: cookie, 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' };
  expect((await send({ method: 'POST', path: '/logout', headers, body: '{}' })).status).toBe(415);
});

test('the services are asked with the visitor’s token, in their language, and for their address', async () => {
  const visitor = await signedIn();
  await visitor.get('/home');
  expect(services.requests.length).toBeGreaterThan(3);
  for (const { headers } of services.requests) {
    expect(headers.authorization).toMatch(/^Bearer /);
    expect(headers['accept-language']).toBe('fr');
    expect(headers['x-campus-visitor']).toMatch(/^203\.0\.113\.9 /);
  }
});
