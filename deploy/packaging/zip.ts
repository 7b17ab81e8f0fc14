import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01, the oldest date there is: equal code makes an equal archive, which is then not deployed again. */
const DATE = 0x21;
const DEFLATED = 8;
const VERSION = 20;
const MADE_ON_UNIX = (3 << 8) | VERSION;
const READABLE_BY_ALL = (0o100_644 << 16) >>> 0;

/** A ZIP archive (PKWARE APPNOTE 6.3.10) of one file, the same bytes for the same content. */
export function zip(name: string, content: Uint8Array): Buffer {
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
  const local = Buffer.concat([signature('PK\x03\x04'), about, fileName, data]);
  const directory = Buffer.concat([signature('PK\x01\x02'), uint16(MADE_ON_UNIX), about, attributes(), fileName]);
  return Buffer.concat([local, directory, endOfDirectory(directory.length, local.length)]);
}

const signature = (text: string): Buffer => Buffer.from(text, 'latin1');

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** No comment, the first disk, a binary file that all may read, at the start of the archive. */
function attributes(): Buffer {
  const bytes = Buffer.alloc(14);
  bytes.writeUInt32LE(READABLE_BY_ALL, 6);
  return bytes;
}

function endOfDirectory(size: number, offset: number): Buffer {
  const bytes = Buffer.alloc(18);
  bytes.writeUInt16LE(1, 4);
  bytes.writeUInt16LE(1, 6);
  bytes.writeUInt32LE(size, 8);
  bytes.writeUInt32LE(offset, 12);
  return Buffer.concat([signature('PK\x05\x06'), bytes]);
}
