import type * as z from 'zod';

/**
 * Text that is fit to be part of a key of a table or an index: well-formed, and its bytes bounded after it was normalised.
 * A schema gives it, or {@link cutToKeyPart}; a plain string is none, so that no text of a stranger's length or make reaches
 * a key by oversight. DynamoDB takes 2,048 bytes in a partition key and 1,024 in a sort key.
 */
export type KeyPart = string & z.core.$brand<'KeyPart'>;

/** The most bytes of UTF-8 that one part may have: a few together still fit a sort key. */
export const MOST_KEY_BYTES = 400;

/** Whether a text is fit to be part of a key. */
export const isKeyPart = (text: string): text is KeyPart =>
  Buffer.byteLength(text) <= MOST_KEY_BYTES && text.isWellFormed();

/**
 * A text that was checked before it was stored, or that this code made itself, as the part of a key that it is.
 * @throws RangeError where it is not: then nobody checked
 */
export function keyPart(text: string): KeyPart {
  if (!isKeyPart(text)) throw new RangeError('A text that nobody bounded would become part of a key');
  return text;
}

/**
 * The beginning of a text that fits into part of a key, cut between characters: for what is found by its beginning.
 * @param bytes of UTF-8 at most
 */
export function cutToKeyPart(text: string, bytes = MOST_KEY_BYTES): KeyPart {
  const whole = text.toWellFormed();
  if (Buffer.byteLength(whole) <= bytes) return whole as KeyPart;
  let end = 0;
  let size = 0;
  for (const character of whole) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    end += character.length;
  }
  return whole.slice(0, end) as KeyPart;
}
