import { fonts } from './fonts.ts';

/** What stands for a character that no font has: a box, which says that something is there. */
const UNKNOWN = '□';

/** What is not to be seen, save what joins and parts the letters of Arabic. */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\p{Cc}]--[\n\u200c\u200d]]/v;

function printableText(text: string, has: (codePoint: number) => boolean): string {
  // Composed, since fonts have a letter with its accent more often than both apart.
  const characters = [...text.normalize('NFC')].map((one) => {
    if (INVISIBLE.test(one)) return '';
    return one === '\n' || has(one.codePointAt(0) ?? 0) ? one : UNKNOWN;
  });
  return characters.join('');
}

/**
 * Data with every character in its texts that no font has replaced by a box: a PDF that promises to be readable by
 * machines must not have a glyph that means nothing, and a name is no reason for a school to have no document.
 */
export function printable<T>(data: T, { has } = fonts()): T {
  if (typeof data === 'string') return printableText(data, has) as T;
  if (Array.isArray(data)) return data.map((one: unknown) => printable(one, { has } as never)) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, one]) => [name, printable(one, { has } as never)])) as T;
}
