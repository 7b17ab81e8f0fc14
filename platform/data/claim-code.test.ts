import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createFrom } from '../../tests/support/tables.ts';
import { clock } from '../base/clock.ts';
import { ClaimCode, claimable, countClaim, findCode, issueCode, mustBeUnclaimed } from './claim-code.ts';
import { Table } from './table.ts';
import { lostUpdate, type Write } from './write.ts';

const table = new Table('NOTES_TABLE');
const DAY = 24 * 3600 * 1000;

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function issued(id: number): Promise<string> {
  const { code, writes } = await issueCode(id);
  await table.write(writes);
  return code;
}

const codeOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
const notFound = 'claim_code_not_found';

describe('a claim code', () => {
  test('is an id and twelve letters and digits in fours, of which none looks like another', async () => {
    const codes = await Promise.all(Array.from({ length: 100 }, () => issueCode(17)));
    for (const { code } of codes) expect(code).toMatch(/^17(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(100);
    // Every letter and digit comes up: 1,200 draws of 32 do not miss one in the life of a school.
    expect(new Set(codes.flatMap(({ code }) => [...code.slice(3).replaceAll('-', '')])).size).toBe(32);
  });

  test('is good for thirty days, and kept as its digest alone', async () => {
    const now = Date.UTC(2026, 0, 1);
    jest.spyOn(clock, 'now').mockReturnValue(now);
    const { code, expires_at, writes } = await issueCode(3);
    expect(expires_at).toBe('2026-01-31T00:00:00.000Z');
    expect(writes).toMatchObject([
      {
        kind: 'put',
        item: {
          pk: 'CLAIM_CODE#3',
          sk: 'CLAIM_CODE',
          digest: expect.stringMatching(/^[\w-]{43}$/),
          ttl: (now + 30 * DAY) / 1000,
        },
      },
    ]);
    expect(JSON.stringify(writes)).not.toContain(code.slice(2, 6));
    await table.write(writes);
    jest.spyOn(clock, 'now').mockReturnValue(now + 30 * DAY - 1000);
    expect((await findCode(table, code)).id).toBe(3);
    jest.spyOn(clock, 'now').mockReturnValue(now + 30 * DAY);
    expect(await codeOf(() => findCode(table, code))).toBe(notFound);
  });

  test('is read as people write it', async () => {
    const code = await issued(10);
    const spelled = [
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      ` ${code.replaceAll('-', '')} `,
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
      code.replaceAll('1', 'i').replaceAll('0', 'o'),
    ];
    for (const text of spelled) expect((await findCode(table, text)).id).toBe(10);
  });

  test.each([
    ['another last letter', (code: string) => code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A')],
    ['a letter more', (code: string) => `${code}A`],
    ['a letter less', (code: string) => code.slice(0, -1)],
    ['another id', (code: string) => `9${code}`],
    ['no id', (code: string) => code.replace(/^\d+-/, '')],
    ['a zero before it', (code: string) => `0${code}`],
    ['something before it', (code: string) => `x${code}`],
    ['an id that no number holds', (code: string) => code.replace(/^\d+/, '9007199254740993')],
  ])('with %s is not found', async (_, mistaken) => {
    expect(await codeOf(async () => findCode(table, mistaken(await issued(11))))).toBe(notFound);
  });

  test('is used up by its writes, and by these only as long as it is the one that was read', async () => {
    const code = await issued(12);
    const { writes } = await findCode(table, code);
    const [write] = writes as [Write];
    expect(write.condition?.otherwise(undefined)).toEqual(lostUpdate());
    const newer = await issued(12);
    await expect(table.write(writes)).rejects.toMatchObject({ name: 'LostUpdate' });
    const { writes: used } = await findCode(table, newer);
    await table.write(used);
    expect(await codeOf(() => findCode(table, newer))).toBe(notFound);
  });

  test('is 1 to 64 characters as it is sent', () => {
    expect(['x', 'x'.repeat(64), '', 'x'.repeat(65)].map((text) => ClaimCode.safeParse(text).success)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('may be tried ten times an hour by one account', async () => {
    const now = Date.UTC(2026, 0, 1);
    jest.spyOn(clock, 'now').mockReturnValue(now);
    for (let i = 0; i < 10; i += 1) await countClaim(table, 'victor');
    await expect(countClaim(table, 'victor')).rejects.toMatchObject({ code: 'too_many_requests', retryAfter: 3600 });
    await expect(countClaim(table, 'awa')).resolves.toBeUndefined();
    jest.spyOn(clock, 'now').mockReturnValue(now + 3600 * 1000);
    await expect(countClaim(table, 'victor')).resolves.toBeUndefined();
  });
});

test('a record is claimed that stands and that nobody has', async () => {
  expect(claimable({ username: undefined })).toEqual({ username: undefined });
  expect(await codeOf(() => claimable({ username: 'her' }))).toBe(notFound);
  expect(await codeOf(() => claimable(undefined))).toBe(notFound);
  expect(await codeOf(() => mustBeUnclaimed({ username: 'her' }))).toBe('already_claimed');
  expect(await codeOf(() => mustBeUnclaimed({}))).toBeUndefined();
});
