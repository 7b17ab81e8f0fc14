import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import { parseSigningRing } from '../../platform/aws/signing.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { newSymmetricKey } from '../../project/new-secrets.ts';
import { addKey, promoteKey, retireKey } from '../../tools/key-rotation.ts';
import { createFrom } from '../support/tables.ts';

const PLAIN = 'the plain secret of a school that was there before rings';
const before = process.env.CAMPUS_SECRETS_DIR;
const folder = mkdtempSync(join(tmpdir(), 'campus-rotation-'));

const added = addKey(parseSigningRing(PLAIN), newSymmetricKey('second'));
const promoted = promoteKey(added, 'second');
const retired = retireKey(promoted, 'first');

/** The secret's text after each step. */
const TEXTS = {
  plain: PLAIN,
  added: JSON.stringify(added),
  promoted: JSON.stringify(promoted),
  retired: JSON.stringify(retired),
};
type Step = keyof typeof TEXTS;

/** A function that read the secret as it stood at a step, and goes by that until it reads it again. */
async function functionAt(step: Step) {
  writeFileSync(join(folder, 'signing-secret'), TEXTS[step]);
  jest.resetModules();
  const one = {
    ...(await import('../../platform/http/paging.ts')),
    ...(await import('../../platform/http/visitor.ts')),
    ...(await import('../../platform/http/idempotency.ts')),
    ...(await import('../../platform/data/claim-code.ts')),
    ...(await import('../../functions/portal/kit/forgery.ts')),
    ...(await import('../../functions/portal/kit/kept.ts')),
    table: new (await import('../../platform/data/table.ts')).Table('NOTES_TABLE'),
  };
  await one.formTokenFor('whoever');
  return one;
}
type Instance = Awaited<ReturnType<typeof functionAt>>;

let name = 0;

/** What each use of the secret hands out, and how it is taken back: `maker` made it, `taker` says whether it is good. */
const USES: Readonly<Record<string, (maker: Instance, taker: Instance) => Promise<unknown>>> = {
  'a cursor': async (maker, taker) => {
    const key = { pk: 'NOTE#1', sk: 'NOTE' } as Parameters<Instance['sealCursor']>[0];
    return (await taker.openCursor(await maker.sealCursor(key, 'notes'), 'notes')).pk === key.pk;
  },
  'the answer to an idempotency key': async (maker, taker) => {
    name += 1;
    const sent = ({ table }: Instance) => ({
      ...{ table, owner: keyPart('awa'), key: keyPart(`key-${name}`), request: 'POST /notes' },
      ...{ answers: { 201: z.object({ id: z.int() }) }, erasable: false },
    });
    const first = await maker.Idempotency.of(sent(maker));
    await maker.table.write(first.record({ status: 201, body: { id: 7 } }));
    return (await (await taker.Idempotency.of(sent(taker))).earlierAnswer())?.status === 201;
  },
  'the visitor for whom the portal asks': async (maker, taker) => {
    const headers = { [maker.VISITOR]: await maker.vouchFor('203.0.113.9') };
    return (await taker.vouchedAddress({ headers })) === '203.0.113.9';
  },
  'a claim code': async (maker, taker) => {
    name += 1;
    const { code, writes } = await maker.issueCode(name);
    await maker.table.write(writes);
    return (await taker.findCode(taker.table, code)).id === name;
  },
  'a form': async (maker, taker) => {
    const event = { headers: {} } as APIGatewayProxyEvent;
    return taker.isOurs(event, await maker.formTokenFor('account:awa'), 'account:awa');
  },
  'a form that was kept over a sign-in': async (maker, taker) =>
    taker.isTheirs(`${maker.TOKEN_FIELD}=${await maker.formTokenFor('account:awa')}`, 'awa'),
};

const REFUSALS = ['invalid_cursor', 'idempotency_key_reused', 'claim_code_not_found'];

const isGood = async (use: string, from: Step, to: Step): Promise<boolean> => {
  const [maker, taker] = [functions[from], functions[to]] as [Instance, Instance];
  return Boolean(
    await USES[use]?.(maker, taker).catch((error: { code?: string }) => {
      if (!REFUSALS.includes(error.code ?? '')) throw error;
    }),
  );
};

const functions: Partial<Record<Step, Instance>> = {};

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
  process.env.CAMPUS_SECRETS_DIR = folder;
  for (const step of Object.keys(TEXTS) as Step[]) functions[step] = await functionAt(step);
});
afterAll(() => {
  process.env.CAMPUS_SECRETS_DIR = before;
  rmSync(folder, { recursive: true });
});

describe.each(Object.keys(USES))('%s', (use) => {
  test.each<[Step, Step]>([
    ['plain', 'plain'],
    ['plain', 'added'],
    ['added', 'plain'],
    ['plain', 'promoted'],
    ['added', 'promoted'],
    ['promoted', 'added'],
    ['promoted', 'promoted'],
    ['promoted', 'retired'],
    ['retired', 'promoted'],
  ])('of a function that knows the secret as %s is good for one that knows it as %s', async (from, to) => {
    expect(await isGood(use, from, to)).toBe(true);
  });

  test('of a key that was retired, or that a function cannot know yet, is worth nothing', async () => {
    expect([await isGood(use, 'added', 'retired'), await isGood(use, 'promoted', 'plain')]).toEqual([false, false]);
  });
});
