import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { clock, timestamp } from '../../../platform/base/clock.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import type { Write } from '../../../platform/data/write.ts';
import { apply } from '../../../platform/events/commit.ts';
import type { OutgoingEvent } from '../../../platform/events/outgoing-event.ts';
import { type Assessment, type Book, cardIn, isVisible, memberIds, type Sheet, scoreIn } from '../classes/book.ts';
import * as books from '../classes/book-store.ts';
import { passMark, programmeOr, shownBy } from '../classes/programme.ts';
import { studentNoticed } from '../events.ts';
import { hundredths } from '../marks/decimal.ts';
import { holdersOf } from '../students/holders.ts';
import { table } from '../table.ts';
import type { Calendar } from '../terms/term.ts';
import { heading, newestFirst } from './notice.ts';
import type { Fall, Look } from './notice-store.ts';
import * as notices from './notice-store.ts';
import { ofFall, type Standing, standingOf } from './standing.ts';

/** How far back is looked for what is new: longer than the clocks of two writers differ, or a write takes. */
const OVERLAP_MS = 10 * 60 * 1000;

/** The same where nobody looked before: so that who begins with marks of years is not told of them all. */
const FIRST_MS = 24 * 3600 * 1000;

/** Enough that no change goes unseen by chance: 72 bits. */
const DIGEST_LENGTH = 12;

/** How often a student is read, and how long is waited in between, until no transaction is met half applied. */
const READS = 5;
const PAUSE_MS = 30;

/** How many items beside the look itself go into one transaction. */
const MOST_AT_ONCE = 90;

/** How many students are read at once. */
const ABREAST = 8;

const before = (instant: string | undefined, ms: number): string =>
  new Date((instant ? Date.parse(instant) : clock.now()) - ms).toISOString();

/** From when on something is new. */
const since = (last: Look | undefined): string => before(last?.at, last ? OVERLAP_MS : FIRST_MS);

/** What families may see of a row, in few letters: other ones say that something is new, or gone. */
function digestOf(book: Book, sheet: Sheet, now: string): string {
  const isSeen = (one: Pick<Assessment, 'release_at'>): boolean => isVisible(one, { familyAt: now });
  const own = book.assessments.filter(isSeen).map((one) => [one.id, scoreIn(sheet, one)]);
  const brought = Object.entries(sheet.brought ?? {}).flatMap(([id, one]) => (isSeen(one) ? [[id, one.result]] : []));
  const plain = Object.entries(sheet).filter(([name]) => /^[tw]#/.test(name));
  const assessed = [...own, ...brought].filter(([, score]) => score !== undefined);
  const text = JSON.stringify([assessed, plain].map((some) => some.toSorted()));
  return createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_LENGTH);
}

/** The same of every row of the class. */
const digestsOf = (book: Book, now: string): Map<number, string> =>
  new Map([...book.sheets].map(([id, sheet]) => [id, digestOf(book, sheet, now)]));

/** The next time at which families of the class may see more than now. */
function nextRelease(book: Book, now: string): string | undefined {
  const brought = [...book.sheets.values()].flatMap((sheet) => Object.values(sheet.brought ?? {}));
  const times = [...book.assessments, ...brought].map(({ release_at }) => release_at);
  return times.filter((at) => at !== undefined && at > now).toSorted()[0];
}

/** Whose average is below the pass mark by what families may see of the class, and by how much. */
function belowIn(book: Book, now: string): Map<number, Omit<Fall, 'id'>> {
  const programme = programmeOr(book.programme);
  if (!shownBy(programme).general) return new Map();
  const pass_mark = hundredths(passMark(programme));
  const below = memberIds(book).flatMap((id): [number, Omit<Fall, 'id'>][] => {
    const { general } = cardIn(book, id, { familyAt: now });
    if (general === undefined || general >= pass_mark) return [];
    return [[id, { term: book.term, at: now, general, pass_mark }]];
  });
  return new Map(below);
}

/** What a look finds of one student. */
interface Found {
  readonly id: number;
  /** What families may see of their row. */
  readonly digest: string | undefined;
  /** The fall below which they are, and whether it is a new one. */
  readonly fall: { readonly fall: Fall; readonly isNew: boolean } | undefined;
  /** Whether something of theirs may be new. */
  readonly changed: boolean;
}

/** The fall of a student who is below: a new one, unless they were before, in another class of this term too. */
async function fallOf(id: number, now: Omit<Fall, 'id'>, last: Look | undefined): Promise<Found['fall']> {
  const known = last?.below[id];
  if (known) return { fall: { ...now, id: known }, isNew: false };
  const before = last?.digests[id] === undefined ? await notices.fallen(id, now.term) : undefined;
  return before ? { fall: before, isNew: false } : { fall: notices.draftFall(now), isNew: true };
}

/** What one student's part of a look comes to. */
interface Part {
  readonly found: Found;
  readonly writes: readonly Write[];
  readonly events: readonly OutgoingEvent[];
}

/** What a student's family is told of the class, read again where it was met half changed. */
async function standing(id: number, book: Book, calendar: Calendar): Promise<Standing | undefined> {
  let found = await standingOf(id, calendar, book);
  for (let reads = 1; found && !found.whole && reads < READS; reads += 1) {
    await pause(PAUSE_MS);
    found = await standingOf(id, calendar, book);
  }
  return found;
}

/** What is new about a student, one event for each account that is named on them. */
async function newsOf({ id, fall, changed }: Found, book: Book, calendar: Calendar, from: string) {
  if (!changed && !fall?.isNew) return [];
  const found = await standing(id, book, calendar);
  if (!found) return [];
  const { student, notices: all } = found;
  const fallen = fall?.isNew ? ofFall(student, book, fall.fall) : [];
  const recent = all.filter(({ at, kind }) => at > from && kind !== 'below_pass_mark');
  const items = [...recent, ...fallen]
    .toSorted(newestFirst)
    .map((one) => ({ id: one.id, fr: heading(one, 'fr'), en: heading(one, 'en') }));
  if (items.length === 0) return [];
  const { name } = student;
  return holdersOf(student).map((username) => studentNoticed({ username, student_id: id, name, items }));
}

async function partOf(found: Found, book: Book, calendar: Calendar, last: Look | undefined, now: string) {
  const { id, fall } = found;
  const rose = fall ? undefined : last?.below[id];
  const writes = [
    ...(fall?.isNew ? [notices.insertFall(id, fall.fall)] : []),
    ...(rose ? [notices.rise(id, rose, now)] : []),
  ];
  return { found, writes, events: await newsOf(found, book, calendar, since(last)) };
}

/** What a look finds of every member. */
async function findIn(book: Book, last: Look | undefined, now: string): Promise<Found[]> {
  const [digests, below] = [digestsOf(book, now), belowIn(book, now)];
  const limit = pLimit(ABREAST);
  return Promise.all(
    memberIds(book).map((id) =>
      limit(async () => {
        const [digest, fall] = [digests.get(id), below.get(id)];
        const changed = digest !== last?.digests[id];
        return { id, digest, fall: fall && (await fallOf(id, fall, last)), changed };
      }),
    ),
  );
}

const sizeOf = ({ writes, events }: Part): number => writes.length + events.length;

/** The parts in as few transactions as hold them. */
function packed(parts: readonly Part[]): Part[][] {
  const packs: Part[][] = [[]];
  let size = 0;
  for (const part of parts) {
    if (size + sizeOf(part) > MOST_AT_ONCE) {
      packs.push([]);
      size = 0;
    }
    packs.at(-1)?.push(part);
    size += sizeOf(part);
  }
  return packs;
}

/** A look once some more parts of it are written. */
function onwards(from: Omit<Look, 'version'>, parts: readonly Part[]): Omit<Look, 'version'> {
  const digests: Record<string, string> = { ...from.digests };
  const below: Record<string, KeyPart> = { ...from.below };
  for (const { id, digest, fall } of parts.map(({ found }) => found)) {
    if (digest !== undefined) digests[id] = digest;
    if (fall) below[id] = fall.fall.id;
    else delete below[id];
  }
  return { ...from, digests, below };
}

/** What is left of a look once all of it is written: of members, and as of now. */
function ended(look: Omit<Look, 'version'>, book: Book, now: string): Omit<Look, 'version'> {
  const members = new Set(memberIds(book).map(String));
  const ofMembers = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => members.has(id)));
  return { at: now, digests: ofMembers(look.digests), below: ofMembers(look.below), due: nextRelease(book, now) };
}

/**
 * Looks at a class for what its families are to hear of: marks that are new to them, and averages that fell below the
 * pass mark. What it finds is written together with what it has then seen, so that a look that breaks off is taken up
 * where it stopped, and two at once tell nothing twice.
 * @param book read whole
 * @throws LostUpdate where another looks
 */
export async function look(book: Book, calendar: Calendar): Promise<void> {
  const now = timestamp();
  const last = await notices.lastLook(book);
  const limit = pLimit(ABREAST);
  const found = await findIn(book, last, now);
  const parts = await Promise.all(found.map((one) => limit(() => partOf(one, book, calendar, last, now))));
  const packs = packed(parts);
  let stands = last;
  for (const [i, pack] of packs.entries()) {
    const from = stands ?? { at: since(undefined), digests: {}, below: {} };
    const further = onwards(from, pack);
    const next = i === packs.length - 1 ? ended(further, book, now) : further;
    const writes = [...pack.flatMap((part) => part.writes), ...notices.replaceLook(book, stands, next)];
    await apply(table, { writes, events: pack.flatMap(({ events }) => events) });
    stands = { ...next, version: (stands?.version ?? 0) + 1 };
  }
}

/**
 * Looks at the classes in which something was released since they were last looked at.
 * @param failed is told of a class that could not be looked at; it is next time
 */
export async function lookAtReleased(calendar: Calendar, failed: (error: unknown) => void): Promise<void> {
  for (const { ref, term } of await notices.dueBy(timestamp())) {
    const book = await books.read({ ref, term });
    if (book.whole) await look(book, calendar).catch(failed);
  }
}
