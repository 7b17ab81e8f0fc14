import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Language } from '../base/language.ts';
import { currentScope } from '../base/scope.ts';
import { type Answer, ok } from './answer.ts';
import { Bytes, content } from './content.ts';

const TYPE = 'application/pdf';

/** An answer that is a PDF. */
export const Pdf = content({ [TYPE]: Bytes });

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

/**
 * 200 with a document, to be shown or kept under a name, and a digest by which whoever keeps it can check it (RFC 9530).
 * @param name without `.pdf`
 */
export function pdf(bytes: Uint8Array<ArrayBuffer>, name: string): Answer<200, Uint8Array<ArrayBuffer>> {
  const file = `${plainName(name)}.pdf`;
  const digest = createHash('sha256').update(bytes).digest('base64');
  return ok(bytes, {
    headers: {
      'Content-Type': TYPE,
      'Content-Disposition': `inline; filename="${ascii(file)}"; filename*=UTF-8''${encoded(file)}`,
      'Repr-Digest': `sha-256=:${digest}:`,
      Vary: 'Accept-Language',
    },
  });
}
