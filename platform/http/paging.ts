import * as z from 'zod';
import { isSigned, type Signed, sign } from '../aws/signing.ts';
import { problem } from '../base/problems.ts';
import type { Key } from '../data/write.ts';
import { wholeNumber } from '../schema/whole-number.ts';

const SIGNATURE_BYTES = 16;

/** Room for the longest keys that any of our lists has, in Base64, within what a gateway takes for an address. */
const LONGEST_CURSOR = 4096;

/** The query parameters that every list understands. */
export const PageQuery = z.object({
  limit: wholeNumber(1, 200)
    .default(50)
    .meta({
      override: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      param: { description: 'How many items a page has' },
    }),
  cursor: z
    .string()
    .min(1)
    .max(LONGEST_CURSOR)
    .optional()
    .meta({
      override: { type: 'string', pattern: `^[\\w-]{1,${LONGEST_CURSOR}}$` },
      param: { description: 'From the `Link` of the page before' },
    }),
});

const bound = (payload: Buffer, list: string): Signed => [list, '\0', payload];

/**
 * An opaque cursor: signed, and bound to one list (the operation, its filters and whose it is), so that it opens
 * nothing else.
 */
export async function sealCursor(key: Key, list: string): Promise<string> {
  // An engine names the parts of a key in any order: the same place has the same cursor all the same.
  const parts = Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1));
  const payload = Buffer.from(JSON.stringify(Object.fromEntries(parts)));
  return Buffer.concat([await sign(bound(payload, list), SIGNATURE_BYTES), payload]).toString('base64url');
}

/** The key inside a cursor that {@link sealCursor} made for the same list. @throws invalid_cursor */
export async function openCursor(cursor: string, list: string): Promise<Key> {
  const sealed = Buffer.from(cursor, 'base64url');
  const payload = sealed.subarray(SIGNATURE_BYTES);
  const signature = sealed.subarray(0, SIGNATURE_BYTES);
  if (!(await isSigned(signature, bound(payload, list), SIGNATURE_BYTES))) throw problem.invalid_cursor();
  return JSON.parse(payload.toString()) as Key;
}
