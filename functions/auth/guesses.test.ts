import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { dynamo } from '../../platform/data/client.ts';
import { until } from '../../project/until.ts';
import {
  accounts,
  attempt,
  newAccount,
  newSource,
  openAccounts,
  password,
  sessions,
} from '../../tests/support/accounts.ts';
import { admin, call, type Received } from '../../tests/support/call.ts';
import { commandsDuring } from '../../tests/support/requests.ts';
import { find } from './guess-store.ts';
import { accountOf, passwordsFrom, type Target, take, tokensFrom } from './guesses.ts';
import { lanes } from './passwords.ts';

beforeAll(async () => {
  await openAccounts();
});

const now = clock.now;
let first: number | undefined;
/** Moves the clock to this many seconds after the moment at which the test first held it, and holds it there. */
const freeze = (seconds = 0): void => {
  first ??= now();
  const instant = first + seconds * 1000;
  clock.now = () => instant;
};
afterEach(() => {
  clock.now = now;
  first = undefined;
});

const check = (username: string, secret: string, sourceIp = newSource()): Promise<Received> =>
  call(accounts, 'POST /users/verify', { body: { username, password: secret }, sourceIp });

/** Uses up what a target bears before it has to wait, but for so many tries. */
async function useUp(target: Target, butFor = 0): Promise<void> {
  for (let left = target.limit.free - butFor; left > 0; left -= 25)
    await Promise.all(Array.from({ length: Math.min(left, 25) }, () => take(target)));
}

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

  test.each([
    ['signing in', attempt, 401],
    ['POST /users/verify', check, 200],
  ])('sixty times at once, by %s, has five compared and all others wait', async (_, guess, wrong) => {
    const username = await newAccount();
    const answers = await Promise.all(Array.from({ length: 60 }, () => guess(username, 'wrong')));
    expect(answers.filter(({ status }) => status === wrong)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(55);
    expect((await find(accountOf(keyPart(username)).name))?.count).toBe(5);
  });

  test('sixty times at once, one of them right, does not tell it: it waits like the wrong ones', async () => {
    const username = await newAccount();
    await failTimes(4, username);
    const tries = Array.from({ length: 60 }, (_, i) => attempt(username, i === 59 ? password : 'wrong'));
    const refused = (await Promise.all(tries)).filter(({ status }) => status === 429);
    // One is compared; should it be the right one, its success allows five more.
    expect(refused.length).toBeGreaterThanOrEqual(54);
    expect(new Set(refused.map(({ body: { request_id: _, ...body } }) => JSON.stringify(body))).size).toBe(1);
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
    const username = await newAccount();
    const unknown = `nobody-${username}`;
    freeze();
    await failTimes(1, username);
    await failTimes(1, unknown);
    await useUp(passwordsFrom('2001:db8:1:2::9'), 1);
    expect((await attempt(`nobody-else-${username}`, 'wrong', '2001:db8:1:2::1')).status).toBe(401);
    for (const name of [username, unknown]) {
      waitIn(await attempt(name, password, '2001:db8:1:2:3:4:5:6'));
      waitIn(await check(name, password, '2001:DB8:1:2::'));
      expect((await find(accountOf(keyPart(name)).name))?.count).toBe(1);
    }
    expect((await attempt(username, password, '2001:db8:1:3::9')).status).toBe(200);
  });

  test('from an address shuts nobody behind it out whose account has no failures', async () => {
    const [one, other, source] = [await newAccount(), await newAccount(), newSource()];
    freeze();
    await useUp(passwordsFrom(source), 10);
    for (let i = 0; i < 20; i += 1) expect((await attempt(`invented-${i}-${one}`, 'wrong', source)).status).toBe(401);
    expect((await find(passwordsFrom(source).name))?.count).toBe(300);
    for (let i = 0; i < 3; i += 1) expect((await attempt(one, password, source)).status).toBe(200);
    expect((await check(other, password, source)).body).toEqual({ valid: true });
    // What is told of a first try must not tell either whether there is such an account.
    const told = ({ status, body: { request_id: _, ...body } }: Received) => ({ status, body });
    const wrong = told(await attempt(other, 'wrong', source));
    expect(wrong.status).toBe(401);
    expect(told(await attempt(`nobody-${one}`, 'wrong', source))).toEqual(wrong);
    waitIn(await attempt(other, password, source));
    waitIn(await attempt(`nobody-${one}`, password, source));
  });

  test('does not count on the source what turned out to be the right one', async () => {
    const [username, source] = [await newAccount(), newSource()];
    for (let i = 0; i < 3; i += 1) {
      expect((await attempt(username, 'wrong', source)).status).toBe(401);
      expect((await attempt(username, password, source)).status).toBe(200);
    }
    expect((await find(passwordsFrom(source).name))?.count).toBe(3);
    expect(await find(accountOf(keyPart(username)).name)).toBeUndefined();
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

describe('many sign-ins at once to one account with the right password', () => {
  test('stand in line, and those that find it full are told to come back: nobody is told that we are busy', async () => {
    const username = await newAccount();
    let letGo = (): void => undefined;
    const held = lanes.comparing.run(() => new Promise<void>((resolve) => (letGo = resolve)));
    const told: number[] = [];
    const all = Array.from({ length: 200 }, () =>
      attempt(username, password).then((answer) => {
        told.push(answer.status);
        return answer;
      }),
    );
    await until(async () => told.length === 170);
    expect(new Set(told)).toEqual(new Set([429]));
    letGo();
    await held;
    const answers = await Promise.all(all);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(waitIn(answer)).toBe(1);
    expect(await find(accountOf(keyPart(username)).name)).toBeUndefined();
  });

  test('are no tries where the comparison is too busy for them', async () => {
    const username = await newAccount();
    const source = newSource();
    await failTimes(1, username);
    let letGo = (): void => undefined;
    const door = new Promise<void>((resolve) => (letGo = resolve));
    const held = Array.from({ length: 65 }, () => lanes.comparing.run(() => door));
    const { status, headers, body } = await attempt(username, password, source);
    expect([status, body.code, headers['Retry-After']]).toEqual([503, 'busy', '1']);
    expect((await find(accountOf(keyPart(username)).name))?.count).toBe(1);
    expect((await find(passwordsFrom(source).name))?.count).toBe(0);
    letGo();
    await Promise.all(held);
    expect((await attempt(username, password, source)).status).toBe(200);
  });
});

describe('forging tokens', () => {
  test('is counted against its source and has to wait, but no token of ours ever has, valid or expired', async () => {
    const sourceIp = newSource();
    const verify = (token: string) => call(sessions, 'POST /auth/verify', { body: { token }, sourceIp });
    await useUp(tokensFrom(sourceIp), 1);
    const { body: tokens } = await attempt(await newAccount(), password);
    freeze(16 * 60);
    for (let i = 0; i < 3; i += 1) expect((await verify(tokens.access_token)).status).toBe(401);
    freeze();
    expect((await verify(tokens.access_token)).status).toBe(200);
    expect((await verify('a.b.c')).status).toBe(401);
    waitIn(await verify('a.b.c'));
    expect((await verify(tokens.access_token)).status).toBe(200);
    freeze(16 * 60);
    expect((await verify(tokens.access_token)).status).toBe(401);
  });
});

test('a sign-in reads the account, counts its try, forgets it and opens the session: four calls, in three rounds', async () => {
  const username = await newAccount();
  const commands = await commandsDuring(dynamo, () => attempt(username, password));
  expect(commands.slice(0, 2).sort()).toEqual(['GetItemCommand', 'UpdateItemCommand']);
  expect(commands.slice(2)).toEqual(['DeleteItemCommand', 'PutItemCommand']);
});

describe('a try', () => {
  test('is never lost, however many are counted at once, also where an expired count begins anew', async () => {
    const target = passwordsFrom(newSource());
    const takeMany = () => Promise.all(Array.from({ length: 30 }, () => take(target)));
    expect(Math.max(...(await takeMany()))).toBe(30);
    freeze(target.limit.kept + 1);
    expect(new Set(await takeMany()).size).toBe(30);
    expect((await find(target.name))?.count).toBe(30);
  });

  test('after a wait is one, however many come at once', async () => {
    const target = accountOf(keyPart(newSource()));
    await useUp(target);
    freeze(target.limit.first + 1);
    const many = await Promise.allSettled(Array.from({ length: 30 }, () => take(target)));
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await find(target.name))?.count).toBe(6);
  });
});
