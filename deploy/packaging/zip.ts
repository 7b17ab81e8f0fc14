import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** The oldest date that a ZIP holds: equal code makes an equal archive, which is then not deployed again. */
const WHENEVER = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100_644 };

/** A ZIP archive of these files, by their path in it; the same bytes for the same files. */
export async function zip(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, content] of files) archive.addBuffer(content, path, WHENEVER);
  archive.end();
  return buffer(archive.outputStream);
}
