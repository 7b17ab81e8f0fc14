import { readFileSync } from 'node:fs';

/** What every document is set in; characters that one lacks are taken from the next. Each has its licence beside it. */
export const FAMILIES = ['Source Sans 3', 'Noto Sans', 'Noto Sans Arabic'] as const;

const FILES = [
  'SourceSans3-Regular.ttf',
  'SourceSans3-SemiBold.ttf',
  'NotoSans-Regular.ttf',
  'NotoSansArabic-Regular.ttf',
];

/** In the sources the fonts lie beside this module; in an archive it is part of a bundle at the root. */
const FOLDERS = ['fonts/', 'platform/pdf/fonts/'];

function read(file: string): Buffer {
  for (const folder of FOLDERS) {
    try {
      return readFileSync(new URL(folder + file, import.meta.url));
    } catch {}
  }
  throw new Error(`The font ${file} is missing`);
}

/** Where a table of a font lies (OpenType, `head` of the file). */
function tableAt(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i += 1) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`A font without the table ${tag}`);
}

/** The segments of a `cmap` of format 4: from, to, the shift of a glyph's number, and where its numbers are listed. */
function* format4(font: Buffer, at: number): Generator<number> {
  const segments = font.readUInt16BE(at + 6) / 2;
  const [ends, starts] = [at + 14, at + 16 + segments * 2];
  const [deltas, offsets] = [starts + segments * 2, starts + segments * 4];
  for (let i = 0; i < segments; i += 1) {
    const [start, end] = [font.readUInt16BE(starts + i * 2), font.readUInt16BE(ends + i * 2)];
    const [delta, offset] = [font.readUInt16BE(deltas + i * 2), font.readUInt16BE(offsets + i * 2)];
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const listed = offset === 0 ? code : font.readUInt16BE(offsets + i * 2 + offset + (code - start) * 2);
      if (listed !== 0 && ((listed + delta) & 0xffff) !== 0) yield code;
    }
  }
}

/** The groups of a `cmap` of format 12. */
function* format12(font: Buffer, at: number): Generator<number> {
  const groups = font.readUInt32BE(at + 12);
  for (let i = 0; i < groups; i += 1) {
    const group = at + 16 + i * 12;
    const end = font.readUInt32BE(group + 4);
    for (let code = font.readUInt32BE(group); code <= end; code += 1) yield code;
  }
}

/** The characters that a font has a glyph for, as its tables `cmap` tell. */
function* charactersOf(font: Buffer): Generator<number> {
  const cmap = tableAt(font, 'cmap');
  const count = font.readUInt16BE(cmap + 2);
  for (let i = 0; i < count; i += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
    const format = font.readUInt16BE(at);
    if (format === 4) yield* format4(font, at);
    if (format === 12) yield* format12(font, at);
  }
}

export interface Fonts {
  readonly blobs: readonly Buffer[];
  /** Whether one of the fonts has a glyph for a character. */
  readonly has: (codePoint: number) => boolean;
}

let loaded: Fonts | undefined;

/** The fonts and what they cover; read once, when a first document is made. @throws Error where a file is missing */
export function fonts(): Fonts {
  if (!loaded) {
    const blobs = FILES.map(read);
    const covered = new Set(blobs.flatMap((blob) => [...charactersOf(blob)]));
    loaded = { blobs, has: (codePoint) => covered.has(codePoint) };
  }
  return loaded;
}
