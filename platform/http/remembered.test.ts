import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { call, student } from '../../tests/support/call.ts';
import { everything } from '../../tests/support/shop-books.ts';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import type { HttpHandler } from './endpoint.ts';

let table = '';

beforeAll(async () => {
  ({ NOTES_TABLE: table = '' } = await createFrom(['tests/support/fixtures/notes.yml']));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const handlerNow = async (): Promise<HttpHandler> => (await import('../../tests/support/fixtures/notes.ts')).handler;

const write = (handler: HttpHandler, key: string, text: string) =>
  call(handler, 'POST /notes', {
    as: student(),
    body: { text },
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
  });

async function fingerprintOf(key: string): Promise<unknown> {
  const [record] = (await everything(table)).filter(({ pk }) => pk.endsWith(`#${key}`));
  return record?.fingerprint;
}

describe('an idempotency key', () => {
  test('is remembered to the last second of its 24 hours', async () => {
    const handler = await handlerNow();
    const now = Date.UTC(2030, 0, 1);
    const at = (seconds: number) => jest.spyOn(clock, 'now').mockReturnValue(now + seconds * 1000);
    at(0);
    const { body } = await write(handler, 'a-day', 'un jour');
    at(24 * 3600 - 1);
    expect((await write(handler, 'a-day', 'un jour')).body.id).toBe(body.id);
    expect((await write(handler, 'a-day', 'autre')).status).toBe(422);
    at(24 * 3600);
    expect((await write(handler, 'a-day', 'autre')).status).toBe(201);
  });

  test('keeps of a request what nobody can guess from without our secret', async () => {
    const handler = await handlerNow();
    await write(handler, 'one', 'mot de passe');
    await write(handler, 'two', 'mot de passe');
    expect(await fingerprintOf('one')).toEqual(await fingerprintOf('two'));

    const [secrets, before] = [mkdtempSync(join(tmpdir(), 'campus-secrets-')), process.env.CAMPUS_SECRETS_DIR];
    writeFileSync(join(secrets, 'signing-secret'), 'another school’s secret');
    process.env.CAMPUS_SECRETS_DIR = secrets;
    try {
      // A function that starts anew reads its secret anew.
      jest.resetModules();
      expect((await write(await handlerNow(), 'three', 'mot de passe')).status).toBe(201);
    } finally {
      process.env.CAMPUS_SECRETS_DIR = before;
      rmSync(secrets, { recursive: true });
    }
    expect(await fingerprintOf('three')).toEqual(expect.any(String));
    expect(await fingerprintOf('three')).not.toEqual(await fingerprintOf('one'));
  });
});
