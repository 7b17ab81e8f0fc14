import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import { type Condition, lostUpdate, put, update, type Write } from '../../../platform/data/write.ts';
import type { HistoryLine } from '../changes.ts';
import { type BookRef, partitionOf as classPartition } from '../classes/book-store.ts';
import { nameKey } from '../classes/programme.ts';
import { partitionOf } from '../students/student-store.ts';
import { table } from '../table.ts';
import type { StoredRemark } from './remark.ts';
import type { StoredSheet } from './sheet.ts';

/** What was said of one student in one term: the council's sheet, and under `r#<subject>` the remark of each teacher. */
export type Said = { readonly sheet?: StoredSheet } & Readonly<Record<string, unknown>>;

/** A change of it. */
export interface Told extends HistoryLine {
  /** Of a remark; the sheet has none. */
  readonly subject?: string;
}

// Before `FELL#`, from where a student's marks are read: what is said of them is no part of that.
const saidKey = (studentId: number, term: KeyPart): Key => ({
  pk: partitionOf(studentId),
  sk: key`COUNCIL#${term}`,
});

const toldOf = (term: KeyPart) => key`COUNCILLED#${term}#`;

/** The name under which a subject's remark stands. */
const remarkName = (subject: string): string => `r#${nameKey(subject)}`;

/** The remark of a subject. */
export const remarkIn = (said: Said | undefined, subject: string): StoredRemark | undefined =>
  said?.[remarkName(subject)] as StoredRemark | undefined;

/** What was said of some students in a term, by their id. One batch for each hundred. */
export async function of(ids: readonly number[], term: KeyPart): Promise<ReadonlyMap<number, Said>> {
  const found = await table.getMany<Said & { student_id: number }>(ids.map((id) => saidKey(id, term)));
  return new Map(found.map((said) => [said.student_id, said]));
}

/** What was said of one student in a term. One read. */
export const ofOne = (studentId: number, term: KeyPart): Promise<Said | undefined> =>
  table.get(saidKey(studentId, term));

const generationKey = ({ ref, term }: BookRef): Key => ({ pk: classPartition(ref), sk: key`COUNCIL#${term}` });

/** How often something was said of a class in a term. One read. */
export const generation = async (place: BookRef): Promise<number> =>
  (await table.get<{ gen: number }>(generationKey(place)))?.gen ?? 0;

/** The key under which {@link generation} stands. */
export { generationKey };

/** That nothing was said since. @throws LostUpdate */
export const stillAt = (gen: number): Condition =>
  gen === 0
    ? { when: 'attribute_not_exists(gen)', otherwise: lostUpdate }
    : { when: 'gen = :said', values: { ':said': gen }, otherwise: lostUpdate };

/** One line as it is to be stored, and what it changes. */
export interface Saying {
  readonly studentId: number;
  /** The subject of a remark; none for the sheet. */
  readonly subject?: string;
  readonly before: StoredSheet | StoredRemark | undefined;
  readonly after: StoredSheet | StoredRemark;
  readonly changes: Told['changes'];
}

/** Onto what was read, and nothing newer. */
const asRead = (name: string, before: Saying['before']): Condition => {
  if (!before) return { when: 'attribute_not_exists(#said)', names: { '#said': name }, otherwise: lostUpdate };
  return {
    when: '#said.#version = :said_version',
    names: { '#said': name, '#version': 'version' },
    values: { ':said_version': before.version },
    otherwise: lostUpdate,
  };
};

/** Stores what is said of members of a class, with its history. @throws LostUpdate */
export const say = (place: BookRef, all: readonly Saying[]): Write[] => [
  ...all.flatMap(({ studentId, subject, before, after, changes }) => {
    const name = subject === undefined ? 'sheet' : remarkName(subject);
    const { author: by, at, version } = after;
    const told: Told = { by, at, version, changes, ...(subject !== undefined && { subject }) };
    return [
      update(saidKey(studentId, place.term), { set: { student_id: studentId, [name]: after } }, asRead(name, before)),
      put({ pk: partitionOf(studentId), sk: key`${toldOf(place.term)}${newId()}`, ...told }),
    ];
  }),
  ...(all.length > 0 ? [update(generationKey(place), { add: { gen: 1 } })] : []),
];

/** Who says something, and when. */
export const sayingBy = (author: string) => ({ author, at: timestamp() });

/** One page of what was ever said of a student in a term, newest first, sifted. */
export const history = (
  studentId: number,
  term: string,
  paging: Paging,
  shown: (told: Told) => boolean,
): Promise<Page<Told>> =>
  table.sift<Told, Told>(
    {
      partition: ['pk', partitionOf(studentId)],
      sort: ['sk', 'begins_with', toldOf(keyPart(term))],
      newestFirst: true,
      ...paging,
    },
    (all) => all.map((one) => (shown(one) ? one : undefined)),
  );
