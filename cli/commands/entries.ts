import { numberOf } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';

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

const studentOf = (typed: string): number => {
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

/** The cells of a line of CSV, quoted or not. */
function cellsOf(line: string, separator: string): string[] {
  const pattern = new RegExp(`("(?:[^"]|"")*"|[^${separator}]*)(?:${separator}|$)`, 'g');
  const cells = [...line.matchAll(pattern)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim(),
  );
  // The empty match at the end of the line.
  return line.endsWith(separator) ? cells : cells.slice(0, -1);
}

/**
 * Marks from CSV: a heading, then a line a student. Commas, or semicolons as French spreadsheets write them.
 * @throws Misuse that names the line
 */
export function entriesOf(csv: string): Entered[] {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [heading = '', ...rows] = lines;
  const separator = heading.includes(';') ? ';' : ',';
  const names = cellsOf(heading, separator);
  if (!names.includes('student_id') || !names.includes('score'))
    throw new Misuse(
      words('the first line must name student_id and score', 'la première ligne doit nommer student_id et score'),
    );
  return rows.flatMap((row, i) => {
    if (row.trim() === '') return [];
    try {
      const cells = Object.fromEntries(cellsOf(row, separator).map((cell, at) => [names[at], cell]));
      const comment = cells.comment ? { comment: cells.comment } : {};
      return [
        { student_id: studentOf(cells.student_id ?? ''), ...scoreOf(cells.status || cells.score || ''), ...comment },
      ];
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      throw new Misuse(words(`line ${i + 2}: ${error.said.en}`, `ligne ${i + 2} : ${error.said.fr}`));
    }
  });
}
