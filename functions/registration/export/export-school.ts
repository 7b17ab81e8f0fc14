import { createHash } from 'node:crypto';
import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { file } from '../../../platform/http/answer.ts';
import { streamed, Text } from '../../../platform/http/content.ts';
import { operation } from '../../../platform/http/operation.ts';
import { NDJSON, PartEnd } from '../../../platform/http/part.ts';
import { peerLines } from '../../../platform/peer/lines.ts';

/** The contexts that keep something, each of which gives its own part. */
export const PARTS = ['auth', 'persons', 'health', 'registration', 'grades', 'orders'] as const;

/** What the manifest says of a part: how long its lines are and what they hash to, as they stand in the file. */
const PartReport = PartEnd.extend({ bytes: z.int(), sha256: z.string() });
type PartReport = z.output<typeof PartReport>;

const Line = z.object({ end: PartEnd.optional(), cursor: z.string().optional() });

/** A line that is no record but says something of them. */
const isRemark = (line: string): boolean => line.startsWith('{"end":') || line.startsWith('{"cursor":');

/** The records of a part as they come. @returns what the manifest says of them @throws Error where some are missing */
async function* recordsOf(part: string, headers: Readonly<Record<string, string>>) {
  const hash = createHash('sha256');
  const counted = { lines: 0, bytes: 0 };
  let end: PartEnd | undefined;
  for await (const lines of peerLines(`/export/${part}`, NDJSON, headers)) {
    for (const remark of lines.filter(isRemark)) end = Line.parse(JSON.parse(remark)).end ?? end;
    const records = lines.filter((line) => !isRemark(line)).map((line) => `${line}\n`);
    const text = records.join('');
    hash.update(text);
    counted.lines += records.length;
    counted.bytes += Buffer.byteLength(text);
    if (text !== '') yield text;
  }
  if (end?.lines !== counted.lines) throw new Error(`${part} gave ${counted.lines} lines of ${end?.lines}`);
  return { ...end, bytes: counted.bytes, sha256: hash.digest('hex') };
}

/** What no part could even leave out. */
const NOWHERE: Localized = {
  fr: 'Les clés de signature ne se trouvent dans aucune table : elles restent.',
  en: 'Signing keys lie in no table: they stay.',
};

/** All parts, one after the other, and the manifest as the last line. */
async function* everything(caller: Caller, headers: Readonly<Record<string, string>>) {
  const began_at = timestamp();
  const parts: PartReport[] = [];
  for (const part of PARTS) parts.push(yield* recordsOf(part, headers));
  const note = NOWHERE[currentScope()?.language ?? 'fr'];
  const manifest = { format: 1, began_at, ended_at: timestamp(), by: caller.username, note, parts };
  yield `${JSON.stringify({ manifest })}\n`;
}

export const exportSchool = operation({
  route: 'GET /export',
  summary: 'Everything of the school, to take along',
  description:
    'A line of JSON for each record of every context: `{part, kind, at, data}`. The last line, `{manifest}`, names the parts with the number of their lines and the SHA-256 of these lines as they stand in the file, and what stayed: hashes of passwords, sessions, keys, and what the machinery alone needs. A file without it is not whole. Each part alone, also from where it broke off: `GET /export/{context}`.',
  access: allow('admin'),
  answers: { 200: streamed({ [NDJSON]: Text }) },
  async handle({ caller, headers }) {
    const name = `Campus ${timestamp().slice(0, 10)}.ndjson`;
    return file(everything(caller, headers), { type: NDJSON, name });
  },
});
