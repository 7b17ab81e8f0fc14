import { timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Page, Paging } from '../../../platform/data/table.ts';
import { put, type Write } from '../../../platform/data/write.ts';
import { changesBetween, type Fields, type HistoryLine } from '../changes.ts';
import type { Assessment } from '../classes/book.ts';
import { table } from '../table.ts';
import { viewOf } from './assessment.ts';

const CHANGE = key`CHANGE#`;

const partitionOf = (id: KeyPart) => key`ASSESSMENT#${id}`;

/** An assessment as its history tells it. */
function fieldsOf(assessment: Assessment | undefined): Fields {
  if (!assessment) return {};
  const { id: _i, class_name: _c, term: _t, ...fields } = viewOf(assessment, { class_name: '', term: '' });
  return fields;
}

/** Notes who set an assessment or changed it, when, and what differs. */
export function noted(before: Assessment | undefined, after: Assessment, by: string): Write[] {
  const changes = changesBetween(fieldsOf(before), fieldsOf(after));
  if (changes.length === 0) return [];
  const told: HistoryLine = { by, at: timestamp(), version: after.version, changes };
  return [put({ pk: partitionOf(after.id), sk: key`${CHANGE}${newId()}`, ...told })];
}

/** One page of what became of an assessment, newest first. */
export const page = (id: KeyPart, paging: Paging): Promise<Page<HistoryLine>> =>
  table.page<HistoryLine>({
    partition: ['pk', partitionOf(id)],
    sort: ['sk', 'begins_with', CHANGE],
    newestFirst: true,
    ...paging,
  });
