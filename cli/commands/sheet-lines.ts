import type { components } from '../../clients/campus.ts';
import { choice, clearable, numberOf, type Value, type Values } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { csvLines, wrongLine } from './csv-lines.ts';
import { studentOf } from './entries.ts';

export type SheetLine = components['schemas']['NewSheet'];
export type RemarkLine = components['schemas']['NewRemark'];

/** A count of which the empty text takes away what is there. */
const count = (about: ReturnType<typeof words>): Value<number | null> => ({
  shown: 'N',
  about,
  read: (given) => (given === '' ? null : numberOf(given)),
});

const decision = choice(
  ['promoted', 'repeats', 'conditional', 'leaves'],
  words('what the council decided on the year', "ce que le conseil a décidé sur l'année"),
);

/** What a council writes on one student; "" takes a field away. */
export const SHEET_FIELDS = {
  absences_excused: count(words('hours absent, excused', "heures d'absence justifiées")),
  absences_unexcused: count(words('hours absent, unexcused', "heures d'absence non justifiées")),
  late: count(words('how often late', 'nombre de retards')),
  conduct: clearable('TEXT', words('conduct', 'conduite')),
  remark: clearable('TEXT', words("the council's remark", "l'appréciation du conseil")),
  mention: clearable('TEXT', words('the honour', 'la mention')),
  decision: { ...decision, read: (given: string) => (given === '' ? null : decision.read(given)) } as Value<
    'promoted' | 'repeats' | 'conditional' | 'leaves' | null
  >,
} satisfies Values;

const versionOf = (cell: string | undefined): { version?: number } => (cell ? { version: numberOf(cell) } : {});

/** Reads each line of a file of students. @throws Misuse that names the line */
function read<T>(
  csv: string,
  needed: readonly string[],
  line: (cells: Readonly<Record<string, string | undefined>>) => T,
): T[] {
  const lines = csvLines(csv);
  const missing = needed.filter((name) => !(name in (lines[0]?.cells ?? {})));
  if (missing.length > 0)
    throw new Misuse(
      words(`the first line must name ${missing.join(', ')}`, `la première ligne doit nommer ${missing.join(', ')}`),
    );
  return lines.map(({ cells, at }) => {
    try {
      return line(cells);
    } catch (error) {
      throw error instanceof Misuse ? wrongLine(at, error.said) : error;
    }
  });
}

/**
 * The council's sheet from CSV, as `campus classes sheet --csv` prints it: a column that is not there leaves its field as
 * it is, an empty cell takes it away. With `version`, a line that somebody changed meanwhile is refused.
 * @throws Misuse that names the line
 */
export const sheetOf = (csv: string): SheetLine[] =>
  read(csv, ['student_id'], (cells) => {
    const fields = Object.entries(SHEET_FIELDS).flatMap(([name, value]) => {
      const cell = cells[name];
      return cell === undefined ? [] : [[name, value.read(cell)] as const];
    });
    return {
      student_id: studentOf(cells.student_id ?? ''),
      ...Object.fromEntries(fields),
      ...versionOf(cells.version),
    };
  });

/** Remarks of one subject from CSV, as `campus classes remarks --csv` prints them. @throws Misuse that names the line */
export const remarksOf = (csv: string): RemarkLine[] =>
  read(csv, ['student_id', 'text'], (cells) => ({
    student_id: studentOf(cells.student_id ?? ''),
    text: cells.text || null,
    ...versionOf(cells.version),
  }));
