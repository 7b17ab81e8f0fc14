import type { Language } from '../../../platform/base/language.ts';
import type { Layout } from './columns.ts';
import { failedHeader, failedLine } from './failed-rows.ts';
import type { Planned } from './plan.ts';
import { MOST_TOLD, type Report, type RowError } from './report.ts';
import type { SheetRow } from './sheet.ts';

/** What rows came to, so far. It is added up and kept between the invocations of one import. */
export interface Tally {
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly errors: readonly RowError[];
  readonly more_errors: number;
  readonly warnings: readonly RowError[];
}

/** Nothing yet. */
export const NOTHING: Tally = { accepted: 0, unchanged: 0, rejected: 0, errors: [], more_errors: 0, warnings: [] };

const COUNTED = { accepted: 'accepted', stands: 'accepted', unchanged: 'unchanged', rejected: 'rejected' } as const;

/** What rows come to. */
export function tallyOf(planned: readonly Planned[]): Tally {
  const counts = { accepted: 0, unchanged: 0, rejected: 0 };
  for (const { outcome } of planned) counts[COUNTED[outcome.outcome]] += 1;
  const errors = planned.flatMap(({ outcome }) => (outcome.outcome === 'rejected' ? outcome.errors : []));
  return { ...counts, errors, more_errors: 0, warnings: planned.flatMap(({ warnings }) => warnings) };
}

/** Two tallies as one; errors beyond the most that are told are counted. */
export function sumOf(one: Tally, other: Tally): Tally {
  const errors = [...one.errors, ...other.errors];
  return {
    accepted: one.accepted + other.accepted,
    unchanged: one.unchanged + other.unchanged,
    rejected: one.rejected + other.rejected,
    errors: errors.slice(0, MOST_TOLD),
    more_errors: one.more_errors + other.more_errors + Math.max(0, errors.length - MOST_TOLD),
    warnings: [...one.warnings, ...other.warnings].slice(0, MOST_TOLD),
  };
}

/** The rejected rows of a file, as lines of the file to mend. */
export function failedLines({ columns }: Layout, rows: readonly SheetRow[], planned: readonly Planned[]): string {
  const cellsOf = new Map(rows.map(({ row, cells }) => [row, cells]));
  return planned
    .map(({ read, outcome }) =>
      outcome.outcome === 'rejected' ? failedLine(columns, cellsOf.get(read.row) ?? [], outcome.errors) : '',
    )
    .join('');
}

/** The report of an import that was made whole. */
export const reportOf = (
  { columns }: Layout,
  { tally, lines, dry_run, language }: { tally: Tally; lines: string; dry_run: boolean; language: Language },
): Report => ({
  dry_run,
  ...tally,
  errors: [...tally.errors],
  warnings: [...tally.warnings],
  columns: columns.map(({ header, field }) => ({ header, field })),
  failed_rows: lines === '' ? null : failedHeader(columns, language) + lines,
});
