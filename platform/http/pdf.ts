import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Language } from '../base/language.ts';
import { currentScope } from '../base/scope.ts';
import { type Answer, ok } from './answer.ts';
import { Bytes, type Chunks, streamed } from './content.ts';

const TYPE = 'application/pdf';

/** How many bytes leave at once. */
const PIECE = 64 * 1024;

/** An answer that is a PDF: streamed, since a gateway that takes it whole wants it in Base64, and 6 MB at most. */
export const Pdf = streamed({ [TYPE]: Bytes });

/** In which language a document is made; that of `Accept-Language`, unless said. */
export const PrintQuery = z.object({ lang: z.enum(['fr', 'en']).optional() });

/** The language that a document is asked for in. */
export const printLanguage = ({ lang }: z.output<typeof PrintQuery>): Language =>
  lang ?? currentScope()?.language ?? 'fr';

/** A file's name without what some system has no place for in one. */
const plainName = (name: string): string => name.replaceAll(/[^\p{L}\p{M}\p{N}._()-]+/gu, ' ').trim();

/** What percent-encoding leaves as it is and RFC 8187 does not. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

const ascii = (name: string): string => name.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '');

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/**
 * 200 with a document, to be shown or kept under a name, and a digest by which whoever keeps it can check it (RFC 9530).
 * @param name without `.pdf`
 */
export function pdf(bytes: Uint8Array, name: string): Answer<200, Chunks> {
  const file = `${plainName(name)}.pdf`;
  const digest = createHash('sha256').update(bytes).digest('base64');
  return ok(inPieces(bytes), {
    headers: {
      'Content-Type': TYPE,
      'Content-Disposition': `inline; filename="${ascii(file)}"; filename*=UTF-8''${encoded(file)}`,
      'Repr-Digest': `sha-256=:${digest}:`,
      Vary: 'Accept-Language',
    },
  });
}
