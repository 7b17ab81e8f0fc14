import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project/root.ts';
import { accounts, attempt, password } from '../tests/support/accounts.ts';
import { call } from '../tests/support/call.ts';
import { createContext } from '../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('auth');
});

async function createAdmin(username: string, typed: string) {
  const table = process.env.AUTH_TABLE ?? '';
  const tool = spawn(process.execPath, [join(projectRoot, 'tools/admin-create.ts'), username, '--table', table]);
  const ended = once(tool, 'close').then(([code]) => code as number | null);
  tool.stdin.end(typed);
  const [output, errors] = await Promise.all([text(tool.stdout), text(tool.stderr)]);
  return { output, errors, code: await ended };
}

describe('npm run admin:create', () => {
  test('makes an admin who can sign in, from a password on standard input that it never shows', async () => {
    const username = `head-${randomUUID().slice(0, 8)}`;
    const { output, errors } = await createAdmin(username, `${password}\n`);
    expect(output).toContain(`${username} is an admin`);
    expect(output + errors).not.toContain(password);
    expect((await attempt(username, password)).body.role).toBe('admin');
  });

  test('never changes an account that exists, nor takes a weak password', async () => {
    const username = `taken-${randomUUID().slice(0, 8)}`;
    await call(accounts, 'POST /users', { body: { username, password } });
    expect((await createAdmin(username, 'another password')).errors).toMatch(/Username already taken/);
    expect((await attempt(username, password)).body.role).toBe('student');
    const weak = await createAdmin(`weak-${username}`, 'short');
    expect([weak.code, weak.errors]).toEqual([1, expect.stringMatching(/^No admin created: /)]);
    expect(weak.errors).not.toContain('short');
  });
});
