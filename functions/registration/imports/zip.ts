import { inflateRawSync } from 'node:zlib';
import { Unreadable } from './unreadable.ts';

/** As much as all of a workbook may come to, unpacked (bytes), and how many files may be in it. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const MOST_FILES = 2_000;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;

/** What says that the real number stands elsewhere (ZIP64): no workbook of this size needs it, and two readers may differ. */
const ELSEWHERE = 0xffffffff;
const ELSEWHERE_16 = 0xffff;

/** Of an entry: its sizes stand behind its data. */
const SIZES_BEHIND = 0x08;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly at: number;
}

function endOf(bytes: Buffer): number {
  const last = bytes.length - 22;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) if (bytes.readUInt32LE(at) === END) return at;
  throw new Unreadable('broken_workbook');
}

function* entries(bytes: Buffer): Generator<Entry> {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_FILES && count !== ELSEWHERE_16) throw new Unreadable('too_large_unpacked');
  let at = bytes.readUInt32LE(end + 16);
  if (count === ELSEWHERE_16 || at === ELSEWHERE || bytes.readUInt32LE(end + 12) === ELSEWHERE)
    throw new Unreadable('broken_workbook');
  for (let i = 0; i < count; i += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Unreadable('broken_workbook');
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    yield {
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    };
    at += 46 + name + extra + comment;
  }
}

function unpackedSize(bytes: Buffer, { flags, method, packed, at }: Entry, most: number): number {
  // Whoever reads it then would look for its size where this does not.
  if (packed === ELSEWHERE || at === ELSEWHERE || (packed === 0 && flags & SIZES_BEHIND))
    throw new Unreadable('broken_workbook');
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === STORED) return data.length;
  if (method !== DEFLATED) throw new Unreadable('broken_workbook');
  return packed === 0 ? 0 : inflateRawSync(data, { maxOutputLength: Math.max(1, most) }).length;
}

/**
 * Unpacks a ZIP archive with an eye on what it comes to, whatever it says of itself, and names what is in it: only what
 * passes is given to whoever reads it.
 * @param most as much as all of it may come to, in bytes
 * @throws Unreadable
 */
export function inspected(file: Uint8Array, most = MOST_UNPACKED): readonly string[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const names: string[] = [];
  let left = most;
  try {
    for (const entry of entries(bytes)) {
      names.push(entry.name);
      left -= unpackedSize(bytes, entry, left);
      if (left < 0) throw new Unreadable('too_large_unpacked');
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const isBomb = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Unreadable(isBomb ? 'too_large_unpacked' : 'broken_workbook', undefined, error);
  }
  return names;
}
