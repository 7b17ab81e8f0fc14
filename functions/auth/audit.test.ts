import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

// The logger reads its level as it loads, and these tests are about what it writes.
process.env.CAMPUS_LOG_LEVEL = 'DEBUG';
const { accounts, attempt, bearerOf, newAccount, newSource, openAccounts, password, refresh, sessions, signIn } =
  await import('../../tests/support/accounts.ts');
const { admin, call } = await import('../../tests/support/call.ts');

const written: string[] = [];

beforeAll(async () => {
  await openAccounts();
  const keep = (...parts: unknown[]): void => {
    written.push(parts.map(String).join(' '));
  };
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    jest.spyOn(console, level).mockImplementation(keep);
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      keep(text);
      return true;
    });
});
afterAll(() => {
  jest.restoreAllMocks();
});

interface Entry {
  readonly message: string;
  readonly action?: string;
  readonly subject?: string;
}

const trailOf = (subject: string): Entry[] =>
  written
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Entry)
    .filter((entry) => entry.message === 'audit' && entry.subject === subject);

test('the audit trail tells who did what to whom, and no log holds a token, a password or a hash', async () => {
  const username = await newAccount();
  const secrets = [password, 'wrong password', 'a new password'];
  await attempt(username, 'wrong password');
  await attempt('no-such-account', 'wrong password');
  const first = await signIn(username);
  const { body: second } = await refresh(first.refresh_token);
  await refresh(first.refresh_token, Date.now() + 60_000);
  const third = await signIn(username);
  await call(accounts, 'POST /users/verify', { body: { username, password }, sourceIp: newSource() });
  await call(sessions, 'POST /auth/verify', { body: { token: third.access_token } });
  await call(sessions, 'POST /auth/verify', { body: { token: `${third.access_token}x` } });
  await call(sessions, 'POST /auth/logout', { as: await bearerOf(third) });
  const change = (body: object) => call(accounts, `PUT /users/${username}`, { as: admin, body });
  for (const body of [{ role: 'teacher' }, { disabled: true }, { disabled: false }, { password: 'a new password' }])
    await change(body);
  await change({ unlock: true });
  for (let i = 0; i < 5; i += 1) await attempt(username, 'wrong password');
  await call(accounts, 'GET /users?q=%00', { as: admin });
  await call(accounts, `DELETE /users/${username}`, { as: admin });

  expect(trailOf(username)).toEqual(
    [
      { action: 'session.opened', outcome: 'failure', actor: 'anonymous' },
      { action: 'session.opened', outcome: 'success', actor: username, role: 'student' },
      { action: 'session.refresh_token_reused', outcome: 'failure' },
      { action: 'session.opened', outcome: 'success' },
      { action: 'password.confirmed', outcome: 'success' },
      { action: 'session.ended', outcome: 'success', actor: username },
      { action: 'account.role_changed', actor: 'admin', role: 'teacher' },
      { action: 'account.disabled', actor: 'admin' },
      { action: 'account.enabled', actor: 'admin' },
      { action: 'account.password_changed', actor: 'admin' },
      { action: 'account.unlocked', actor: 'admin' },
      ...Array(5).fill({ action: 'session.opened', outcome: 'failure' }),
      { action: 'password.guessing_blocked' },
      { action: 'account.deleted', actor: 'admin' },
    ].map((entry) => expect.objectContaining(entry)),
  );
  expect(trailOf('unknown')).toHaveLength(1);

  const tokens = [first, second, third].flatMap(({ access_token, refresh_token }) => [access_token, refresh_token]);
  const text = written.join('\n');
  expect(text.length).toBeGreaterThan(1000);
  for (const secret of [...secrets, ...tokens, 'argon2id', 'no-such-account']) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/eyJ[\w-]{10,}\.[\w-]+\./);
});
