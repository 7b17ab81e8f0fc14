import { numberOf } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { csvLines, wrongLine } from './csv-lines.ts';

type Status = 'absent' | 'exempt' | 'missing';

/** What is entered for one student of a class. */
export interface Entered {
  readonly student_id: number;
  readonly score?: number | null;
  readonly status?: Status;
  readonly comment?: string;
  readonly version?: number;
}

const STATUSES: Readonly<Record<string, Status>> = {
  a: 'absent',
  abs: 'absent',
  absent: 'absent',
  e: 'exempt',
  exempt: 'exempt',
  dispensé: 'exempt',
  d: 'exempt',
  m: 'missing',
  missing: 'missing',
  nr: 'missing',
};

/** A mark or a word in its place, as people type it; nothing takes it away. @throws Misuse when it is neither */
export function scoreOf(typed: string): { score: number | null } | { status: Status } {
  const word = typed.trim().toLowerCase();
  if (word === '') return { score: null };
  const status = STATUSES[word];
  return status ? { status } : { score: numberOf(word) };
}

/** The number of a student in a file. @throws Misuse */
export const studentOf = (typed: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(typed.trim()))
    throw new Misuse(words(`not a student's number: ${typed}`, `ce n'est pas un numéro d'étudiant : ${typed}`));
  return Number(typed);
};

/** `12=15,5`. @throws Misuse */
export function pairOf(given: string): Entered {
  const at = given.indexOf('=');
  if (at < 0) throw new Misuse(words(`${given} is not STUDENT=MARK`, `${given} n'est pas ÉTUDIANT=NOTE`));
  return { student_id: studentOf(given.slice(0, at)), ...scoreOf(given.slice(at + 1)) };
}

/**
 * Marks from CSV: a heading, then a line a student. Commas, or semicolons as French spreadsheets write them.
 * @throws Misuse that names the line
 */
export function entriesOf(csv: string): Entered[] {
  const lines = csvLines(csv);
  const { cells: first = {} } = lines[0] ?? {};
  if (!('student_id' in first) || !('score' in first))
    throw new Misuse(
      words('the first line must name student_id and score', 'la première ligne doit nommer student_id et score'),
    );
  return lines.map(({ cells, at }) => {
    try {
      const comment = cells.comment ? { comment: cells.comment } : {};
      return {
        student_id: studentOf(cells.student_id ?? ''),
        ...scoreOf(cells.status || cells.score || ''),
        ...comment,
      };
    } catch (error) {
      throw error instanceof Misuse ? wrongLine(at, error.said) : error;
    }
  });
}
