import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { changesBetween, type Fields } from '../changes.ts';
import { ClassPath } from '../classes/class.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { type Council, councilOf, mustHead } from './council.ts';
import * as councils from './council-store.ts';
import { lineByLine } from './line-by-line.ts';
import { standing } from './read-sheets.ts';
import { type NewSheet, NewSheets, SheetOutcomes, type StoredSheet, TermQuery, WORDS, type Words } from './sheet.ts';

type Outcome = SheetOutcomes[number];

/** What a sheet says, and nothing of who wrote it. */
const wordsIn = (sheet: Partial<StoredSheet> | undefined): Words =>
  Object.fromEntries(WORDS.flatMap((name) => (sheet?.[name] === undefined ? [] : [[name, sheet[name]]])));

/** What a sheet says once a line is stored: what is left out stays, null takes it away. */
const merged = (before: StoredSheet | undefined, line: NewSheet): Words =>
  wordsIn(
    Object.fromEntries(
      WORDS.map((name) => [name, line[name] === undefined ? before?.[name] : (line[name] ?? undefined)]),
    ),
  );

const sentIn = (line: NewSheet): Words =>
  wordsIn(Object.fromEntries(WORDS.map((name) => [name, line[name] ?? undefined])));

/** What becomes of one line, given what stands. */
function judged(line: NewSheet, { members, term }: Council, before: StoredSheet | undefined): Outcome {
  const { student_id, version, decision } = line;
  const current = before && standing(before);
  if (!members[student_id]) return { student_id, result: 'refused', code: 'student_not_in_class' };
  if (decision && term.parent !== undefined)
    return { student_id, result: 'refused', code: 'decision_needs_year', current };
  if (version !== undefined && version !== (before?.version ?? 0))
    return { student_id, result: 'stale_version', current: standing(before), sent: sentIn(line) };
  if (changesBetween(wordsIn(before) as Fields, merged(before, line) as Fields).length === 0)
    return { student_id, result: 'unchanged', current };
  return { student_id, result: 'stored' };
}

const sayingOf = (line: NewSheet, before: StoredSheet | undefined, by: ReturnType<typeof councils.sayingBy>) => {
  const words = merged(before, line);
  return {
    studentId: line.student_id,
    before,
    after: { ...words, ...by, version: (before?.version ?? 0) + 1 },
    changes: changesBetween(wordsIn(before) as Fields, words as Fields),
  };
};

/** Reads and judges some lines, and says what is written. */
async function entered(council: Council, lines: readonly NewSheet[], author: string) {
  const { ref, term } = council;
  const said = await councils.of(
    lines.map(({ student_id }) => student_id),
    term.id,
  );
  const sheetOf = (id: number) => said.get(id)?.sheet;
  const outcomes = lines.map((line) => judged(line, council, sheetOf(line.student_id)));
  const storing = lines.filter((_, i) => outcomes[i]?.result === 'stored');
  const by = councils.sayingBy(author);
  const sayings = storing.map((line) => sayingOf(line, sheetOf(line.student_id), by));
  const stored = new Map(sayings.map(({ studentId, after }) => [studentId, standing(after)]));
  return {
    writes: councils.say({ ref, term: term.id }, sayings),
    outcomes: outcomes.map((one): Outcome => {
      const current = stored.get(one.student_id);
      return one.result === 'stored' && current ? { ...one, current } : one;
    }),
  };
}

export const enterSheets = operation({
  route: 'PUT /classes/{class_name}/sheets',
  summary: 'Write the sheets of the class council',
  description:
    'One line a student, each told what became of it: good lines are stored though others are refused. What a line leaves out stays, null takes it away. A line with a `version` is stored onto that version alone; else it is told what stands, by whom, beside what it says itself. The term may be closed: a council meets after it. A `decision` stands on a school year. Families see nothing of it before the card is published.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: TermQuery,
  body: NewSheets,
  answers: { 200: SheetOutcomes },
  problems: [problem.class_not_found, problem.term_not_found, problem.not_head_teacher],
  changes: table,
  async handle({ path, query, body, caller, commit }) {
    const council = await councilOf(path.class_name, query.term);
    mustHead(council, caller);
    const { told, last } = await lineByLine(body, (some) => entered(council, some, caller.username));
    return commit(async () => {
      const { writes, outcomes } = await last();
      return { writes, answer: ok([...told, ...outcomes]) };
    });
  },
});
