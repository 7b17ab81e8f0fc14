import type { Fate, SentRow } from '../kit/saved-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { typedNumber } from '../kit/write.ts';
import { enterLines } from './lines.ts';
import { entryOf, Standing, typedOf } from './results.ts';

/** The names of a row's cells. */
export const NAMES = ['score', 'comment'] as const;

/** What stands, as it is typed. */
export const cellsOf = (visit: Visit, standing: Standing) => ({
  score: typedOf(standing, (value) => typedNumber(value, visit.language)),
  comment: standing.comment ?? '',
});

/** Enters the marks that were touched. @throws peer_unavailable, and what is not found */
export const enterMarks = (
  visit: Visit,
  assessment: string,
  rows: readonly SentRow[],
): Promise<ReadonlyMap<number, Fate>> =>
  enterLines(visit, {
    path: `/assessments/${assessment}/results`,
    rows,
    line: ({ score = '', comment = '' }) => {
      const entry = entryOf(score);
      return entry && { ...entry, ...(comment.trim() && { comment: comment.trim() }) };
    },
    hint: { fr: 'tapez une note comme 12,5, ou a, d, n', en: 'type a mark such as 12.5, or a, d, n' },
    cells: (current) => cellsOf(visit, Standing.parse(current)),
    said: ({ score, comment }) =>
      [score || visit.say({ fr: 'rien', en: 'nothing' }), comment && `« ${comment} »`].filter(Boolean).join(' '),
  });
