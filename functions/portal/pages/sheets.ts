import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { withQuery } from '../kit/page.ts';
import type { Cells, Fate, SentRow } from '../kit/saved-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { typedNumber } from '../kit/write.ts';
import { enterLines } from './lines.ts';
import { classOf, termAsked } from './teaching.ts';

export const DECISIONS = {
  promoted: { fr: 'Admis(e) en classe supérieure', en: 'Promoted' },
  repeats: { fr: 'Redouble', en: 'Repeats' },
  conditional: { fr: 'Admis(e) sous conditions', en: 'Promoted conditionally' },
  leaves: { fr: 'Quitte l’établissement', en: 'Leaves the school' },
} satisfies Record<string, Localized>;

/** Whether a text names a decision of the council. */
export const isDecision = (text: string): text is keyof typeof DECISIONS => Object.hasOwn(DECISIONS, text);

/** What a council says of a student. */
export const Words = z.object({
  remark: z.string().optional(),
  absences_excused: z.number().optional(),
  absences_unexcused: z.number().optional(),
  late: z.number().optional(),
  conduct: z.string().optional(),
  mention: z.string().optional(),
  decision: z.string().optional(),
});
export type Words = z.output<typeof Words>;

/** `GET /classes/{class_name}/sheets`. */
export const Sheets = z.array(
  Words.extend({
    student_id: z.int(),
    name: z.string(),
    general: z.number().optional(),
    proposed_mention: z.string().optional(),
    version: z.int(),
  }),
);
export type Sheets = z.output<typeof Sheets>;
export type Sheet = Sheets[number];

/** The cells of a row, in the order in which they stand in it. */
export const NAMES = [
  ...(['remark', 'mention', 'conduct', 'decision'] as const),
  ...(['absences_excused', 'absences_unexcused', 'late'] as const),
] as const;

const COUNTED: readonly string[] = ['absences_excused', 'absences_unexcused', 'late'];

/** A sheet as it is typed. */
export function cellsOf(visit: Visit, words: Words): Cells {
  const written = (value: string | number | undefined): string =>
    typeof value === 'number' ? typedNumber(value, visit.language) : (value ?? '');
  return Object.fromEntries(NAMES.map((name) => [name, written(words[name])]));
}

/** What was typed, as it is sent: null where a cell is empty; undefined where what should be counted is no number. */
export function lineOf(cells: Cells): Readonly<Record<string, unknown>> | undefined {
  const read = NAMES.map((name) => {
    const text = (cells[name] ?? '').trim();
    if (text === '') return [name, null] as const;
    if (!COUNTED.includes(name)) return [name, text] as const;
    return [name, /^\d{1,4}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN] as const;
  });
  return read.some(([, value]) => Number.isNaN(value)) ? undefined : Object.fromEntries(read);
}

/** Enters the sheets that were touched. @throws peer_unavailable, and what is not found */
export const enterSheets = (visit: Visit, rows: readonly SentRow[]): Promise<ReadonlyMap<number, Fate>> =>
  enterLines(visit, {
    path: withQuery(`/classes/${classOf(visit)}/sheets`, { term: termAsked(visit) }),
    rows,
    line: lineOf,
    hint: { fr: 'absences et retards se comptent en nombres', en: 'absences and lateness are numbers' },
    cells: (current) => cellsOf(visit, Words.parse(current)),
    said: (cells) =>
      Object.values(cells)
        .filter((text) => text !== '')
        .map((text) => `« ${text} »`)
        .join(', ') || visit.say({ fr: 'rien', en: 'nothing' }),
  });
