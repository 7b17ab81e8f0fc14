import { epochSeconds } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { absent, lostUpdate, put, remove, update, versionIs, type Write } from '../../../platform/data/write.ts';
import { type BookRef, partitionOf as classPartition } from '../classes/book-store.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import { partitionOf } from '../students/student-store.ts';
import { table } from '../table.ts';

/** That a student's average fell below the pass mark. Figures in hundredths, as their family could see them. */
export interface Fall {
  readonly id: KeyPart;
  readonly term: KeyPart;
  readonly at: string;
  readonly general: number;
  readonly pass_mark: number;
  /** When the average was no longer below it: only then can it fall again. */
  readonly rose_at?: string;
}

/** What was made of a book when it was last looked at. */
export interface Look {
  /** As of when: what was released by then had been. */
  readonly at: string;
  readonly version: number;
  /** What families could see of each student's row, as a digest: another one says that something is new. */
  readonly digests: Readonly<Record<string, string>>;
  /** Whose average was below the pass mark, and the id of its fall. */
  readonly below: Readonly<Record<string, KeyPart>>;
  /** When families may see what they could not yet. */
  readonly due?: string | undefined;
}

/** How long a fall is kept, in seconds: it is shown in its school year only. */
const KEPT_SECONDS = 400 * 24 * 3600;

const FALL = 'FELL#';

const fallKey = (studentId: number, id: KeyPart): Key => ({ pk: partitionOf(studentId), sk: key`FELL#${id}` });

/** A fall as it will stand once inserted. */
export const draftFall = (fall: Omit<Fall, 'id'>): Fall => ({ ...fall, id: newId() });

/** Stores that an average fell. */
export const insertFall = (studentId: number, fall: Fall): Write =>
  put({ ...fallKey(studentId, fall.id), ...fall, ttl: epochSeconds() + KEPT_SECONDS });

/** Stores that it rose again. */
export const rise = (studentId: number, fall: KeyPart, rose_at: string): Write =>
  update(fallKey(studentId, fall), { set: { rose_at } });

/** The fall of a student in a term that no rise followed, whatever class they were in. One query. */
export async function fallen(studentId: number, term: KeyPart): Promise<Fall | undefined> {
  const sort = ['sk', 'begins_with', key`FELL#`] as const;
  const falls = await table.queryAll<Fall>({ partition: ['pk', partitionOf(studentId)], sort });
  return falls.findLast((one) => one.term === term && one.rose_at === undefined);
}

/** The falls among everything of a student. */
export const fallsIn = (items: readonly { readonly sk: string }[]): Fall[] =>
  items.filter(({ sk }) => sk.startsWith(FALL)) as unknown as Fall[];

const lookKey = ({ ref, term }: BookRef): Key => ({ pk: classPartition(ref), sk: key`LOOKED#${term}` });

/** What was made of a book last. One read. */
export const lastLook = (book: BookRef): Promise<Look | undefined> => table.get<Look>(lookKey(book));

/** A book in which something is released at a time. */
export interface Due extends Key {
  readonly ref: ClassRef;
  readonly term: KeyPart;
}

const DUE = key`RELEASES`;

const dueKey = (book: BookRef, at: string): Key => ({ pk: DUE, sk: key`${keyPart(at)}#${book.term}#${book.ref}` });

/**
 * Puts a look in place of the one before, and its next release where it is found when its time comes.
 * @throws LostUpdate where another looked meanwhile
 */
export function replaceLook(book: BookRef, before: Look | undefined, after: Omit<Look, 'version'>): Write[] {
  const version = (before?.version ?? 0) + 1;
  const moved = before?.due !== after.due;
  return [
    put({ ...lookKey(book), ...after, version }, before ? versionIs(before.version, lostUpdate) : absent(lostUpdate)),
    ...(moved && before?.due ? [remove(dueKey(book, before.due))] : []),
    ...(moved && after.due ? [put({ ...dueKey(book, after.due), ref: book.ref, term: book.term })] : []),
  ];
}

/** The books in which something was released by now that nobody looked at since. One query. */
export const dueBy = (now: string): Promise<Due[]> =>
  table.queryAll<Due>({ partition: ['pk', DUE], sort: ['sk', '<', key`${keyPart(now)}$`] });
