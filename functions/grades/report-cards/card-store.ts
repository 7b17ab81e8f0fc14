import { epochSeconds } from '../../../platform/base/clock.ts';
import { required } from '../../../platform/base/env.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import {
  absent,
  alreadyDone,
  lostUpdate,
  present,
  put,
  remove,
  update,
  versionIs,
  type Write,
} from '../../../platform/data/write.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import { partitionOf } from '../students/student-store.ts';
import { table } from '../table.ts';
import type { Card, Last } from './card.ts';

const YEAR_SECONDS = 365.25 * 24 * 3600;

/** Until when what is published now is kept, in epoch seconds: as long as the law asks. @throws Error where nobody said how long */
function keptUntil(): number {
  const years = Number(required('RETENTION_YEARS'));
  if (!(years > 0)) throw new Error('RETENTION_YEARS is no number of years');
  return epochSeconds() + Math.round(years * YEAR_SECONDS);
}

// Ids sort by time, so a student's cards stand in the order of their publication.
const cardKey = (studentId: number, id: KeyPart): Key => ({
  pk: partitionOf(studentId),
  sk: key`CARD#VERSION#${id}`,
});

const lastKey = (studentId: number, term: KeyPart): Key => ({ pk: partitionOf(studentId), sk: key`CARD#TERM#${term}` });

/** The card of a student in a term that stands. One read. */
export const last = (studentId: number, term: KeyPart): Promise<Last | undefined> =>
  table.get<Last>(lastKey(studentId, term));

/** The same of several students, by their id. One batch for each hundred. */
export async function lastOf(ids: readonly number[], term: KeyPart): Promise<ReadonlyMap<number, Last>> {
  const found = await table.getMany<Last>(ids.map((id) => lastKey(id, term)));
  return new Map(found.map((one) => [one.student_id, one]));
}

/** The cards of a student that stand, in all terms. One query. */
export const allLast = (studentId: number): Promise<Last[]> =>
  table.queryAll<Last>({ partition: ['pk', partitionOf(studentId)], sort: ['sk', 'begins_with', key`CARD#TERM#`] });

/** One published card. One read. */
export const find = (studentId: number, id: KeyPart): Promise<Card | undefined> =>
  table.get<Card>(cardKey(studentId, id));

/** The cards of several students in a term that stand. Two batches for each hundred. */
export async function standingOf(ids: readonly number[], term: KeyPart): Promise<Card[]> {
  const last = [...(await lastOf(ids, term)).values()];
  const keys = last.flatMap(({ student_id, versions }) => versions.slice(-1).map(({ id }) => cardKey(student_id, id)));
  return table.getMany<Card>(keys);
}

/** One page of a student's cards, newest first, sifted. */
export const page = (studentId: number, paging: Paging, shown: (card: Card) => boolean): Promise<Page<Card>> =>
  table.sift<Card, Card>(
    {
      partition: ['pk', partitionOf(studentId)],
      sort: ['sk', 'begins_with', key`CARD#VERSION#`],
      newestFirst: true,
      ...paging,
    },
    (all) => all.map((one) => (shown(one) ? one : undefined)),
  );

/** Publishes a card, and lets it stand in place of the one before. @throws LostUpdate where another was faster */
export function publish(card: Card, after: Last, before: Last | undefined): Write[] {
  const ttl = keptUntil();
  const asRead = before ? versionIs(before.version, lostUpdate) : absent(lostUpdate);
  return [
    put({ ...cardKey(card.student_id, card.id), ...card, ttl }, absent(lostUpdate)),
    put({ ...lastKey(card.student_id, card.term), ...after, ttl }, asRead),
  ];
}

/** Notes that an account read a card; the first time stays. */
export const markRead = (card: Card, username: string, at: string): Write =>
  update(
    cardKey(card.student_id, card.id),
    { entries: { reads: { [username]: at } } },
    {
      when: 'attribute_exists(pk) AND attribute_not_exists(#reads.#reader)',
      names: { '#reads': 'reads', '#reader': username },
      otherwise: alreadyDone,
    },
  );

/** The PDF of a card in each language. */
export const PDFS = { fr: 'pdf_sha256', en: 'pdf_sha256_en' } as const;

/** Notes of what bytes the PDF of a card is; the first stays. @throws AlreadyDone */
export const noteOfPdf = ({ student_id, id }: Card, language: keyof typeof PDFS, sha256: string): Write =>
  update(
    cardKey(student_id, id),
    { set: { [PDFS[language]]: sha256 } },
    {
      when: 'attribute_exists(pk) AND attribute_not_exists(#pdf)',
      names: { '#pdf': PDFS[language] },
      otherwise: alreadyDone,
    },
  );

/** Cards of which families have to be told. */
export interface Untold extends Key {
  readonly ref: ClassRef;
  readonly term: KeyPart;
  readonly cards: readonly { readonly student_id: number; readonly id: KeyPart; readonly version: number }[];
}

const UNTOLD = key`PUBLISHED`;

/** Leaves it to the schedule to tell families of cards: with them, so that none is forgotten. */
export const tellOf = (id: KeyPart, untold: Omit<Untold, 'pk' | 'sk'>): Write =>
  put({ pk: UNTOLD, sk: key`${id}`, ...untold });

/** What families have to be told of yet. One query. */
export const untold = (): Promise<Untold[]> => table.queryAll<Untold>({ partition: ['pk', UNTOLD] });

/** Families were told, unless another has told them already. */
export const told = ({ pk, sk }: Key): Write => remove({ pk, sk }, present(alreadyDone));
