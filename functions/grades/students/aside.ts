import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { put, remove, type Write } from '../../../platform/data/write.ts';
import type { BookRef } from '../classes/book-store.ts';
import { table } from '../table.ts';
import type { Content } from './enrolment.ts';
import { partitionOf } from './student-key.ts';

/** A sheet that is in no book, since its student was deleted or may be somebody else. */
export interface Aside extends BookRef {
  readonly content: Content;
  /** False of who had left, so that they come back as no member. */
  readonly seated?: boolean;
}

const keyOf = (studentId: number, term: KeyPart): Key => ({ pk: partitionOf(studentId), sk: key`ASIDE#${term}` });

/** The sheets of a student that were set aside, by term. One query. */
export async function list(studentId: number): Promise<ReadonlyMap<string, Aside>> {
  const sort = ['sk', 'begins_with', key`ASIDE#`] as const;
  const all = await table.queryAll<Aside>({ partition: ['pk', partitionOf(studentId)], sort });
  return new Map(all.map((one) => [one.term, one]));
}

/** Sets aside what was taken off a sheet. */
export const add = (studentId: number, book: BookRef, content: Content, seated = true): Write =>
  put({ ...keyOf(studentId, book.term), ...book, content, ...(!seated && { seated }) });

/** Takes back what was set aside in a term. */
export const drop = (studentId: number, term: KeyPart): Write => remove(keyOf(studentId, term));

const isSum = (name: string): boolean => name.startsWith('t#') || name.startsWith('w#');

const subjectsOf = ({ subjects = new Set() }: Content) => subjects as ReadonlySet<string>;
const broughtIn = ({ brought = {} }: Content) => brought as object;

/** What was set aside, with what has come since: sums add up, and of one assessment the later result stands. */
export function together({ content }: Aside, since: Content): Content {
  const sums = Object.entries(content)
    .filter(([name]) => isSum(name))
    .map(([name, value]) => [name, Number(value) + Number(since[name] ?? 0)]);
  const subjects = new Set([...subjectsOf(content), ...subjectsOf(since)]);
  const brought = { ...broughtIn(content), ...broughtIn(since) };
  return {
    ...{ ...content, ...since, ...Object.fromEntries(sums) },
    ...(subjects.size > 0 && { subjects }),
    ...(Object.keys(brought).length > 0 && { brought }),
  };
}
