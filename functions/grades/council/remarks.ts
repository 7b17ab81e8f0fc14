import * as z from 'zod';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { changesBetween } from '../changes.ts';
import { ClassPath } from '../classes/class.ts';
import { nameKey } from '../classes/programme.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { type Council, councilOf, idsOf } from './council.ts';
import * as councils from './council-store.ts';
import { lineByLine } from './line-by-line.ts';
import { pageAmong, sortable } from './members-page.ts';
import {
  type NewRemark,
  NewRemarks,
  RemarkOutcomes,
  RemarksFilter,
  RemarksQuery,
  RemarkView,
  type StoredRemark,
  standing,
} from './remark.ts';
import { type Remarked, reachOf, subjectIn, subjectsIn } from './subjects.ts';

const PROBLEMS = [problem.class_not_found, problem.term_not_found, problem.not_your_subject];

const WHICH = {
  fr: 'Cette classe n’a pas de programme : dites quelle matière',
  en: 'This class has no programme: say which subject',
};

export const readRemarks = operation({
  route: 'GET /classes/{class_name}/remarks',
  summary: 'The remarks of teachers on the students of a class',
  description:
    'One line for each student and each subject that they take: of `subject`, else of all that the reader teaches, which to the head teacher are all. `version` 0 is a remark that nobody wrote yet. What was read of one subject may be sent back.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: RemarksFilter,
  answers: { 200: z.array(RemarkView) },
  paged: true,
  problems: PROBLEMS,
  async handle({ path, query, caller, paging }) {
    const council = await councilOf(path.class_name, query.term);
    const reach = reachOf(council, caller);
    const { term, members, programme } = council;
    if (query.subject === undefined && !programme) throw invalidField('query/subject', 'required', WHICH);
    const subjects =
      query.subject === undefined ? subjectsIn(council, reach) : [subjectIn(council, query.subject, reach)];
    const pairs = idsOf(council).flatMap((id) =>
      subjects.filter(({ takes }) => takes(id)).map(({ name }) => ({ id, name })),
    );
    const inOrder = pairs.map((pair) => ({ ...pair, at: `${sortable(pair.id)}#${nameKey(pair.name).slice(0, 100)}` }));
    const { items, next } = pageAmong(
      inOrder.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
      ({ at }) => at,
      paging,
    );
    const said = await councils.of([...new Set(items.map(({ id }) => id))], term.id);
    return ok(
      items.map(({ id, name }) => ({
        ...{ student_id: id, name: members[id]?.name ?? '', subject: name },
        ...standing(councils.remarkIn(said.get(id), name)),
      })),
      { next },
    );
  },
});

type Outcome = RemarkOutcomes[number];

/** What becomes of one line, given what stands. */
function judged(line: NewRemark, { members }: Council, subject: Remarked, before: StoredRemark | undefined): Outcome {
  const { student_id, version, text } = line;
  if (!members[student_id]) return { student_id, result: 'refused', code: 'student_not_in_class' };
  if (!subject.takes(student_id)) return { student_id, result: 'refused', code: 'not_in_subject' };
  const current = standing(before);
  if (version !== undefined && version !== current.version)
    return { student_id, result: 'stale_version', current, sent: { text } };
  if (current.text === text) return { student_id, result: 'unchanged', ...(before && { current }) };
  return { student_id, result: 'stored' };
}

/** Reads and judges some lines, and says what is written. */
async function entered(council: Council, subject: Remarked, lines: readonly NewRemark[], author: string) {
  const { ref, term } = council;
  const said = await councils.of(
    lines.map(({ student_id }) => student_id),
    term.id,
  );
  const by = councils.sayingBy(author);
  const all = lines.map((line) => {
    const before = councils.remarkIn(said.get(line.student_id), subject.name);
    return { line, before, outcome: judged(line, council, subject, before) };
  });
  const sayings = all
    .filter(({ outcome }) => outcome.result === 'stored')
    .map(({ line: { student_id: studentId, text }, before }) => {
      const after: StoredRemark = {
        ...{ subject: subject.name, ...by, version: (before?.version ?? 0) + 1 },
        ...(text !== null && { text }),
      };
      const changes = changesBetween({ text: before?.text }, { text: after.text });
      return { studentId, subject: subject.name, before, after, changes };
    });
  const stored = new Map(sayings.map(({ studentId, after }) => [studentId, standing(after)]));
  return {
    writes: councils.say({ ref, term: term.id }, sayings),
    outcomes: all.map(({ outcome }): Outcome => {
      const current = stored.get(outcome.student_id);
      return current ? { ...outcome, current } : outcome;
    }),
  };
}

export const enterRemarks = operation({
  route: 'PUT /classes/{class_name}/remarks',
  summary: 'Write the remarks on the students of a class in a subject',
  description:
    'One line a student, each told what became of it, as the sheets of the council are. A `text` of null takes a remark away. The term may be closed. Families see a remark on the published card.',
  access: allow('admin', 'teacher'),
  path: ClassPath,
  query: RemarksQuery,
  body: NewRemarks,
  answers: { 200: RemarkOutcomes },
  problems: PROBLEMS,
  changes: table,
  async handle({ path, query, body, caller, commit }) {
    const council = await councilOf(path.class_name, query.term);
    const subject = subjectIn(council, query.subject, reachOf(council, caller));
    const { told, last } = await lineByLine(body, (some) => entered(council, subject, some, caller.username));
    return commit(async () => {
      const { writes, outcomes } = await last();
      return { writes, answer: ok([...told, ...outcomes]) };
    });
  },
});
