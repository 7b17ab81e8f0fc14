import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Page, Paging } from '../../../platform/data/table.ts';
import { put, type Write } from '../../../platform/data/write.ts';
import { changesBetween, type Fields, type HistoryLine } from '../changes.ts';
import { table } from '../table.ts';
import { type ProgrammeItem, partitionOf } from './book-store.ts';
import type { ClassRef } from './class-ref.ts';
import { type Programme, passMark, shownBy } from './programme.ts';

/** A programme as its history tells it: each setting by a name of its own, whatever the order they stand in. */
function fieldsOf(programme: Programme | undefined): Fields {
  if (!programme) return {};
  const { subjects, categories, head_teacher, scale, rank_needs, mentions } = programme;
  const show = Object.entries(shownBy(programme)).map(([name, value]) => [`show/${name}`, value]);
  const ofSubjects = subjects.flatMap(({ name, ...rest }) =>
    Object.entries(rest).map(([field, value]) => [`subjects/${name}/${field}`, value]),
  );
  const ofCategories = categories.map(({ name, weight }) => [`categories/${name}/weight`, weight]);
  return {
    ...{ head_teacher, scale, rank_needs, pass_mark: passMark(programme) },
    mentions: mentions.map(({ label, from }) => `${label}: ${from}`),
    ...Object.fromEntries([...show, ...ofCategories, ...ofSubjects]),
  };
}

const historyOf = (year: KeyPart) => key`PROGRAMMED#${year}#`;

/** Notes who gave a class another programme in a year, when, and what differs. */
export function noted(
  { ref, year }: { readonly ref: ClassRef; readonly year: KeyPart },
  before: ProgrammeItem | undefined,
  programme: Programme,
  by: string,
): Write[] {
  const changes = changesBetween(fieldsOf(before?.programme), fieldsOf(programme));
  if (changes.length === 0) return [];
  const told: HistoryLine = {
    ...{ by, at: timestamp(), version: (before?.version ?? 0) + 1 },
    changes,
  };
  return [put({ pk: partitionOf(ref), sk: key`${historyOf(year)}${newId()}`, ...told })];
}

/** One page of what became of a class's programme in a year, newest first. */
export const page = (ref: ClassRef, year: KeyPart, paging: Paging): Promise<Page<HistoryLine>> =>
  table.page<HistoryLine>({
    partition: ['pk', partitionOf(ref)],
    sort: ['sk', 'begins_with', historyOf(year)],
    newestFirst: true,
    ...paging,
  });
