import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Office } from '../declare.ts';
import { EXIT, Failure, Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { bytesShown, progressOf } from '../output/progress.ts';
import { type Answered, take } from './take.ts';

/** What looks at the bytes of a file on their way. */
export interface Watch {
  take(chunk: Uint8Array): void;
  /** @throws Failure when they are not whole: then they take no file's place */
  end(): void;
}

const TRIES = 4;

/** A file that cannot be written is the caller's to change; a connection that broke is not. */
function saidOf(error: unknown, file: string): Error {
  const { code = '', message } = error as { code?: string; message: string };
  if (/^(?:ENOENT|EACCES|EISDIR|ENOTDIR|EROFS|ENOSPC)$/.test(code))
    return new Misuse(words(`${file} cannot be written (${code})`, `${file} ne peut pas être écrit (${code})`));
  if (error instanceof Failure) return error;
  return new Failure(
    words(`the download broke off: ${message}`, `le téléchargement s'est interrompu : ${message}`),
    EXIT.unreachable,
  );
}

/** Writes a stream beside the file, and takes its place once it is whole. @returns how many bytes */
async function written(stream: ReadableStream, { terminal }: Office, file: string, watch?: Watch): Promise<number> {
  const beside = `${file}.part`;
  const progress = progressOf(terminal, (count) => bytesShown(count, terminal.language));
  let bytes = 0;
  try {
    await pipeline(
      Readable.fromWeb(stream),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength;
          watch?.take(chunk);
          progress.at(bytes);
          yield chunk;
        }
      },
      createWriteStream(beside),
    );
    watch?.end();
    renameSync(beside, file);
    return bytes;
  } finally {
    progress.end();
    rmSync(beside, { force: true });
  }
}

/**
 * Brings what the API sends into a file, whole or not at all; a connection that breaks off is tried again from the start.
 * @param ask asks for it, as a stream
 * @param watching made anew for each try
 * @throws Refused, Misuse where the file cannot be written, Failure when it kept breaking off
 */
export async function download(
  office: Office,
  file: string,
  ask: () => Promise<Answered<unknown>>,
  watching?: () => Watch,
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const stream = (await take(ask())) as ReadableStream;
    try {
      return await written(stream, office, file, watching?.());
    } catch (error) {
      const said = saidOf(error, file);
      if (attempt >= TRIES || said instanceof Misuse) throw said;
    }
  }
}
