import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01, the oldest date there is: equal code makes an equal archive, which is then not deployed again. */
const DATE = 0x21;
const DEFLATED = 8;
const VERSION = 20;
const MADE_ON_UNIX = (3 << 8) | VERSION;
const READABLE_BY_ALL = (0o100_644 << 16) >>> 0;

/** A ZIP archive (PKWARE APPNOTE 6.3.10), the same bytes for the same files. */
export function zip(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const contents: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const { local, entry } = member(name, content, offset);
    contents.push(local);
    directory.push(entry);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...contents, index, endOfDirectory(directory.length, index.length, offset)]);
}

/** A file as it stands in the archive from `offset` on, and its line in the directory at the end. */
function member(name: string, content: Uint8Array, offset: number): { local: Buffer; entry: Buffer } {
  const fileName = Buffer.from(name);
  const data = deflateRawSync(content, { level: 9 });
  const about = Buffer.alloc(26);
  about.writeUInt16LE(VERSION, 0);
  about.writeUInt16LE(DEFLATED, 4);
  about.writeUInt16LE(DATE, 8);
  about.writeUInt32LE(crc32(content), 10);
  about.writeUInt32LE(data.length, 14);
  about.writeUInt32LE(content.length, 18);
  about.writeUInt16LE(fileName.length, 22);
  return {
    local: Buffer.concat([signature('PK\x03\x04'), about, fileName, data]),
    entry: Buffer.concat([signature('PK\x01\x02'), uint16(MADE_ON_UNIX), about, attributes(offset), fileName]),
  };
}

const signature = (text: string): Buffer => Buffer.from(text, 'latin1');

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** No comment, the first disk, a binary file that all may read, and where it begins. */
function attributes(offset: number): Buffer {
  const bytes = Buffer.alloc(14);
  bytes.writeUInt32LE(READABLE_BY_ALL, 6);
  bytes.writeUInt32LE(offset, 10);
  return bytes;
}

function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const bytes = Buffer.alloc(18);
  bytes.writeUInt16LE(entries, 4);
  bytes.writeUInt16LE(entries, 6);
  bytes.writeUInt32LE(size, 8);
  bytes.writeUInt32LE(offset, 12);
  return Buffer.concat([signature('PK\x05\x06'), bytes]);
}
