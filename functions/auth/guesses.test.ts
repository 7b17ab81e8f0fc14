import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clock } from '../../platform/clock.ts';
import { accounts, attempt, newAccount, newSource, password, sessions } from '../../tests/support/accounts.ts';
import { admin, call, type Received } from '../../tests/support/call.ts';
import { createContext } from '../../tests/support/tables.ts';
import { addFailure, findFailures } from './guess-store.ts';
import { passwordsFrom, tokensFrom } from './guesses.ts';

beforeAll(async () => {
  await createContext('auth');
});

const now = clock.now;
/** Moves the clock to this many seconds after the present, and holds it there. */
const freeze = (seconds = 0): void => {
  const instant = now() + seconds * 1000;
  clock.now = () => instant;
};
afterEach(() => {
  clock.now = now;
});

const check = (username: string, secret: string, sourceIp = newSource()): Promise<Received> =>
  call(accounts, 'POST /users/verify', { body: { username, password: secret }, sourceIp });

async function failTimes(times: number, username: string): Promise<void> {
  for (let i = 0; i < times; i += 1) expect((await attempt(username, 'wrong')).status).toBe(401);
}

/** The seconds that the answer asks to wait, having checked that it is a 429. */
function waitIn({ status, headers, body }: Received): number {
  expect([status, body.code]).toEqual([429, 'too_many_attempts']);
  return Number(headers['Retry-After']);
}

describe('guessing a password', () => {
  test('is stopped after five failures, each further one doubling the wait, and even the right one has to wait', async () => {
    const username = await newAccount();
    freeze();
    await failTimes(5, username);
    expect(waitIn(await attempt(username, password))).toBe(5);
    let elapsed = 0;
    for (const wait of [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]) {
      freeze(elapsed + wait - 1);
      expect(waitIn(await attempt(username, 'wrong'))).toBe(1);
      elapsed += wait;
      freeze(elapsed);
      expect((await attempt(username, 'wrong')).status).toBe(401);
    }
    freeze(elapsed + 900);
    expect((await attempt(username, password)).status).toBe(200);
  });

  test('counts at the two ways of trying a password together', async () => {
    const username = await newAccount();
    for (let i = 0; i < 5; i += 1) {
      const { status, body } = await check(username, 'wrong');
      expect([status, body]).toEqual([200, { valid: false }]);
    }
    waitIn(await attempt(username, password));
    waitIn(await check(username, password));
  });

  test('fifty times at once never tells more than the first few answers', async () => {
    const username = await newAccount();
    const tries = Array.from({ length: 50 }, (_, i) => attempt(username, i === 49 ? password : 'wrong'));
    const answers = await Promise.all(tries);
    expect(answers.filter(({ status }) => status === 200)).toEqual([]);
    expect((await findFailures(`ACCOUNT#${username}`))?.count).toBe(49);
    waitIn(await attempt(username, password));
  });

  test('of a name that no account has is answered just alike', async () => {
    const known = await newAccount();
    const unknown = `nobody-${known}`;
    const anonymous = ({ status, body: { request_id, ...body } }: Received) => ({ status, body });
    for (let i = 0; i < 6; i += 1) {
      const [a, b] = [await attempt(known, 'wrong'), await attempt(unknown, 'wrong')];
      expect(anonymous(a)).toEqual(anonymous(b));
      expect(a.status).toBe(i < 5 ? 401 : 429);
    }
  });

  test('is forgotten at the next sign-in, so that old typing errors do not add up', async () => {
    const username = await newAccount();
    await failTimes(4, username);
    expect((await attempt(username, password)).status).toBe(200);
    await failTimes(4, username);
    expect((await attempt(username, password)).status).toBe(200);
  });

  test('is forgotten after an hour, though DynamoDB has not deleted the count', async () => {
    const username = await newAccount();
    await failTimes(5, username);
    freeze(3601);
    await failTimes(4, username);
    expect((await attempt(username, password)).status).toBe(200);
  });

  test('locks nobody out for good: an admin lets the owner in', async () => {
    const username = await newAccount();
    await failTimes(5, username);
    waitIn(await attempt(username, password));
    const { status } = await call(accounts, `PUT /users/${username}`, { as: admin, body: { unlock: true } });
    expect(status).toBe(200);
    expect((await attempt(username, password)).status).toBe(200);
  });

  test('of many accounts from one address is stopped too, for IPv6 in the whole network', async () => {
    const source = '2001:db8:1:2::9';
    const { name, limit } = passwordsFrom(source);
    const username = await newAccount();
    for (let i = 1; i < limit.free; i += 1) await addFailure(name, limit.kept);
    expect((await attempt(username, password, '2001:db8:1:2:ffff::1')).status).toBe(200);
    expect((await attempt(`nobody-${username}`, 'wrong', '2001:db8:1:2::1')).status).toBe(401);
    waitIn(await attempt(username, password, '2001:db8:1:2:3:4:5:6'));
    waitIn(await check(username, password, '2001:DB8:1:2::'));
    expect((await attempt(username, password, '2001:db8:1:3::9')).status).toBe(200);
  });

  test('of the old password, to set a new one, counts as well', async () => {
    const username = await newAccount();
    const as = { username, role: 'student' } as const;
    const change = (old_password: string) =>
      call(accounts, `PUT /users/${username}`, { as, body: { old_password, password: 'another password' } });
    for (let i = 0; i < 5; i += 1) expect((await change('wrong')).body.errors[0].code).toBe('wrong_password');
    waitIn(await change(password));
    waitIn(await attempt(username, password));
  });
});

describe('forging tokens', () => {
  test('is counted against its source, and expired tokens of ours are not', async () => {
    const sourceIp = newSource();
    const { name, limit } = tokensFrom(sourceIp);
    const verify = (token: string) => call(sessions, 'POST /auth/verify', { body: { token }, sourceIp });
    for (let i = 1; i < limit.free; i += 1) await addFailure(name, limit.kept);
    const { body: tokens } = await attempt(await newAccount(), password);
    freeze(16 * 60);
    expect((await verify(tokens.access_token)).status).toBe(401);
    clock.now = now;
    expect((await verify(tokens.access_token)).status).toBe(200);
    expect((await verify('a.b.c')).status).toBe(401);
    waitIn(await verify(tokens.access_token));
  });
});

describe('a failure', () => {
  test('is never lost, however many are counted at once, also where an expired count begins anew', async () => {
    const target = newSource();
    const addMany = () => Promise.all(Array.from({ length: 30 }, () => addFailure(target, 60)));
    expect(Math.max(...(await addMany()))).toBe(30);
    freeze(61);
    expect(new Set(await addMany()).size).toBe(30);
    expect((await findFailures(target))?.count).toBe(30);
  });
});
