/** How a text begins that says so: UTF-8, UTF-16 in either order. */
const MARKS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

const SAMPLE = 4096;

/** UTF-16 without a mark: of Latin text every other byte is zero. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = sample.length / 5;
  if (odd > many && even < many / 10) return 'utf-16le';
  if (even > many && odd < many / 10) return 'utf-16be';
  return undefined;
}

const isLetter = (byte: number): boolean => byte >= 0xc0;

/**
 * Whether text of one byte a letter is Cyrillic: its letters stand together, where accents stand among ASCII letters.
 */
function isCyrillic(bytes: Uint8Array): boolean {
  let [together, alone] = [0, 0];
  for (let i = 1; i < bytes.length; i += 1) {
    if (!isLetter(bytes[i] ?? 0)) continue;
    if (isLetter(bytes[i - 1] ?? 0)) together += 1;
    else alone += 1;
  }
  return together > alone;
}

function encodingOf(bytes: Uint8Array): string {
  const [, marked] = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte)) ?? [];
  return marked ?? unmarkedUtf16(bytes) ?? (isCyrillic(bytes) ? 'windows-1251' : 'windows-1252');
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text in bytes of which nobody said the encoding: by its mark, else UTF-8 where all of it is, else what Excel writes
 * in Western Europe or, where the letters beyond ASCII stand together, in Cyrillic.
 */
export function decode(bytes: Uint8Array): string {
  const utf16 = encodingOf(bytes).startsWith('utf-16');
  const text = (utf16 ? undefined : asUtf8(bytes)) ?? new TextDecoder(encodingOf(bytes)).decode(bytes);
  return text.replace(/^\ufeff/, '');
}

/** The byte of each character of Windows-1252. */
const BYTE_OF = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, i) => i))].map(
    (character, byte) => [character, byte] as const,
  ),
);

/** What UTF-8 looks like once it was taken for Windows-1252: `Ã©` for é. */
const MOJIBAKE = /[ÂÃÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;

/** The text as it was meant, where some program took its UTF-8 for Windows-1252; undefined where none did. */
export function repaired(text: string): string | undefined {
  if (!MOJIBAKE.test(text)) return undefined;
  const bytes: number[] = [];
  for (const character of text) {
    const byte = BYTE_OF.get(character);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return asUtf8(Uint8Array.from(bytes));
}
