import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../platform/base/key-part.ts';
import type { CloudEvent } from '../../platform/events/cloud-event.ts';
import { commit } from '../../platform/events/commit.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { createContext } from '../../tests/support/tables.ts';
import type { Account } from './account.ts';
import * as accounts from './account-store.ts';
import { handler } from './on-notice.ts';
import { table } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'campus-mailbox-'));

beforeAll(async () => {
  await createContext('auth');
  process.env.CAMPUS_MAILBOX = folder;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function newAccount(username: string, more: Partial<Account> = {}): Promise<void> {
  const account = accounts.draft({ username: keyPart(username), role: 'guardian', password_hash: 'none' });
  await commit(table, () => ({ writes: accounts.insert({ ...account, ...more }) }));
}

const news = (username: string, ...ids: string[]): CloudEvent =>
  told('campus.student.noticed', {
    username,
    student_id: 7,
    name: 'Awa Diop',
    items: ids.map((id) => ({ id, fr: `Nouvelle note · ${id}`, en: `New mark · ${id}` })),
  });

/** What was sent to an address, in no order. */
const mailsTo = (address: string): string[] =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => text.startsWith(`To: ${address}\n`));

describe('what is new about a student', () => {
  test('is sent to the address that an account has left, in both languages', async () => {
    await newAccount('mother', { email: keyPart('mother@example.sn') });
    expect(await deliver(handler, [news('mother', 'one', 'two')])).toEqual([]);
    expect(mailsTo('mother@example.sn')).toEqual([
      expect.stringMatching(
        /Subject: Campus · Awa Diop\n.*- Nouvelle note · one\n- Nouvelle note · two\n.*- New mark · two\n/s,
      ),
    ]);
  });

  test('is sent once, however often it is told', async () => {
    await newAccount('father', { email: keyPart('father@example.sn') });
    const first = news('father', 'one');
    for (const event of [first, first, news('father', 'one'), news('father', 'one', 'two')])
      expect(await deliver(handler, [event])).toEqual([]);
    const mails = mailsTo('father@example.sn');
    expect(mails).toHaveLength(2);
    expect(mails.filter((text) => text.includes('· one'))).toHaveLength(1);
  });

  test('is sent to nobody without an account or an address, nor to an account that is disabled or gone', async () => {
    await newAccount('mute');
    await newAccount('barred', { email: keyPart('barred@example.sn'), disabled: true });
    await newAccount('left', { email: keyPart('left@example.sn') });
    const left = (await accounts.find(keyPart('left'))) as Account;
    await commit(table, () => ({ writes: accounts.erase(left) }));
    const before = readdirSync(folder);
    const all = ['nobody', 'mute', 'barred', 'left'].map((username) => news(username, 'one'));
    expect(await deliver(handler, all)).toEqual([]);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('fills no e-mail beyond measure', async () => {
    await newAccount('busy', { email: keyPart('busy@example.sn') });
    await deliver(handler, [news('busy', ...Array.from({ length: 90 }, (_, i) => `n${i}`))]);
    const [text = ''] = mailsTo('busy@example.sn');
    expect(text.match(/New mark/g)).toHaveLength(20);
    expect(text).toContain('- and more: 70');
  });
});
