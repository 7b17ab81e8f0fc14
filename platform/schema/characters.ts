/*
 * Which characters a text loses on its way in, and for which it is refused. Whatever is not named here is kept as it was
 * typed. docs/text.md has the reasons, script by script.
 */

// Invisible, and without a meaning of their own in a field: what copying leaves (embeddings and isolates, byte order
// marks, soft hyphens, word joiners), fillers, and tags that do not belong to the flag before them.
const LEFT_BY_COPYING =
  /[\u00ad\u115f\u1160\u180e\u202a-\u202c\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0000}-\u{e007f}]/gu;

// They choose the shape of what stands before or after: in scripts that join their letters, around the marks of Indian
// scripts and within emoji. Elsewhere they show nothing.
const IDLE_JOINERS =
  /(?<![\p{M}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Adlam}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?!\p{M})/gu;

// It tells where a line may break in scripts that write no spaces.
const IDLE_SPACES =
  /(?<![\p{M}\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Tibetan}])\u200b/gu;

// They order a text of both directions, and nothing in one that runs from left to right.
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

const INVISIBLE_ENDS =
  /^[\s\u00ad\u061c\u200b-\u200f\u202a-\u202c\u2060-\u206f]+|[\s\u00ad\u061c\u200b-\u200f\u202a-\u202c\u2060-\u206f]+$/g;

// C0 and C1 controls, the two separators that end a line, lone surrogates, what a decoder puts in place of broken bytes,
// noncharacters (SQS refuses a message that holds one) and the overrides, which turn letters around to disguise a text.
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u202d\u202e\ufffd]/u;

const VISIBLE = /[[\p{L}\p{M}\p{N}\p{P}\p{S}]--\p{Default_Ignorable_Code_Point}]/v;

/** A text without the space and the invisible characters around it, for which it is never refused. */
export const trimmed = (text: string): string => text.replace(INVISIBLE_ENDS, '');

/** A text without what nobody sees in it and nobody meant: the ends trimmed, NFC. What is forbidden stays, to be refused. */
export function tidied(text: string): string {
  const left = text.replace(LEFT_BY_COPYING, '').replace(IDLE_JOINERS, '').replace(IDLE_SPACES, '');
  const plain = RIGHT_TO_LEFT.test(left) ? left : left.replace(DIRECTION_MARKS, '');
  return trimmed(plain).normalize('NFC');
}

/** Whether a text holds a character that no field of ours takes. */
export const holdsForbidden = (text: string): boolean => FORBIDDEN.test(text);

/** Whether anybody sees anything of a text. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** A text without any character that formats and none that is invisible: for what is read by a machine. */
export const unformatted = (text: string): string => text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
