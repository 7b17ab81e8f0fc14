import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import { call, logIn, urlOf } from '../support/http.ts';

let admin = '';
let victor = '';
beforeAll(async () => {
  [admin, victor] = await Promise.all([logIn('admin', 'admin'), logIn('victor', '1234')]);
});

// An emulator's gateway knows no streaming, and hands on what is whole.
const isDeployed = /execute-api/.test(urlOf(''));

const got = (path: string, token = admin) => call('GET', path, { token });

describe('over the wire', () => {
  test('a list leaves as a file in each format, chunk by chunk, with the headers of every answer', async () => {
    for (const [format, ending] of [
      ['csv', 'csv'],
      ['csv-excel', 'csv'],
      ['json', 'json'],
    ] as const) {
      const { status, headers, text } = await got(`/students/export?format=${format}&class_name=Terminale%20S1`);
      expect(status).toBe(200);
      if (!isDeployed) expect(headers.get('content-length')).toBeNull();
      expect(headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="Eleves [\\d-]+\\.${ending}"`),
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(text).toContain('Lefèvre');
    }
    // A gateway that does not stream hands on bytes to whoever asks for them by their type.
    const Accept = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const xlsx = await fetch(urlOf('/grades/export?format=xlsx&class_name=Terminale%20S1'), {
      headers: { Authorization: `Bearer ${admin}`, Accept },
    });
    const { sheets } = await readXlsx(new Uint8Array(await xlsx.arrayBuffer()));
    expect(sheets[0]?.rows.length).toBeGreaterThan(1);
  });

  test('a refusal is a problem, and a HEAD has no body', async () => {
    expect(await got('/students/export?format=ods')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(await got('/students/export', victor)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    if (isDeployed) return;
    const head = await fetch(urlOf('/students/export'), {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${admin}` },
    });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('a student has everything that is known of them, from every context', async () => {
    const { body: mine } = await got('/students/1/export', victor);
    expect(mine).toMatchObject({ student: { id: 1, username: 'victor' }, account: { username: 'victor' } });
    expect(mine.terms.length).toBeGreaterThan(0);
    expect(mine).not.toHaveProperty('guardian_namings');
    expect((await got('/students/2/export', victor)).status).toBe(404);
    expect((await got('/students/1/export')).body.guardian_namings).toEqual(expect.any(Array));
  });

  test.each(['auth', 'persons', 'health', 'registration', 'grades', 'orders'])(
    'what %s holds goes on from no place that it did not name itself',
    async (part) => {
      const { status, body } = await got(`/export/${part}?cursor=${Buffer.alloc(64).toString('base64url')}`);
      expect([status, body.code]).toEqual([400, 'invalid_cursor']);
    },
  );

  test('a school has everything, and a manifest that proves it', async () => {
    const { status, text } = await got('/export');
    expect(status).toBe(200);
    const lines = text.trimEnd().split('\n');
    const { manifest } = JSON.parse(lines.pop() ?? '');
    expect(manifest.parts.map(({ part }: { part: string }) => part)).toEqual([
      'auth',
      'persons',
      'health',
      'registration',
      'grades',
      'orders',
    ]);
    for (const { part, sha256, unknown } of manifest.parts) {
      const own = lines.filter((line) => line.startsWith(`{"part":"${part}",`)).map((line) => `${line}\n`);
      expect([createHash('sha256').update(own.join('')).digest('hex'), unknown]).toEqual([sha256, 0]);
    }
    expect(text).not.toMatch(/argon2|password_hash":"|refresh_hash/);
  });
});
