import type { KeyPart } from '../../../platform/base/key-part.ts';
import type { Item } from '../../../platform/data/write.ts';
import { commit as commitAlone } from '../../../platform/events/commit.ts';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { hundredths } from '../marks/decimal.ts';
import { mustReach } from '../marks/place.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { AssessmentPath, type NewResult, NewResults, Outcomes, type StoredResult } from './assessment.ts';
import type { Found } from './assessment-store.ts';
import * as assessments from './assessment-store.ts';
import * as results from './result-store.ts';

/** Two items a line, and three more: the most that fit into one transaction. */
const MOST_AT_ONCE = 48;

type Outcome = Outcomes[number];

const isStored = (item: Item): boolean => item.sk.startsWith('RESULT#');

/** What becomes of one line, given what stands. */
function judged(line: NewResult, { book, assessment }: Found, before: StoredResult | undefined): Outcome {
  const { student_id, score, version } = line;
  if (!book.members[student_id]) return { student_id, result: 'refused', code: 'student_not_in_class' };
  if (typeof score === 'number' && hundredths(score) > assessment.out_of)
    return { student_id, result: 'refused', code: 'score_above_out_of' };
  const current = before && results.viewOf(before);
  if (version !== undefined && version !== (before?.version ?? 0))
    return { student_id, result: 'stale_version', current };
  if (results.isSame(before, line)) return { student_id, result: 'unchanged', current };
  return { student_id, result: 'stored' };
}

/** Reads and judges some lines, and says what is written. @throws assessment_not_found, not_your_subject, term_closed */
async function entered(id: KeyPart, lines: readonly NewResult[], caller: Caller) {
  const { term } = await assessments.where(id);
  const keys = lines.map(({ student_id }) => results.resultKey(student_id, term, id));
  const found = await assessments.find(id, keys);
  const { book, assessment, others } = found;
  mustReach(book.programme, assessment.subject, caller, problem.assessment_not_found);
  if (!book.head.open) throw problem.term_closed();
  const before = new Map(others.filter(isStored).map((item) => [item.pk as string, item as unknown as StoredResult]));
  const all = lines.map((line, i) => {
    const stands = before.get(keys[i]?.pk ?? '');
    return { line, before: stands, outcome: judged(line, found, stands) };
  });
  const storing = all
    .filter(({ outcome }) => outcome.result === 'stored')
    .map(({ line, before: stands }) => ({ studentId: line.student_id, sent: line, before: stands }));
  const writes = storing.length > 0 ? results.enter(storing, found, caller.username) : [];
  return { writes, outcomes: all.map(({ outcome }) => outcome) };
}

export const enterResults = operation({
  route: 'PUT /assessments/{id}/results',
  summary: 'Enter the results of a class',
  description:
    'One line a student, each told what became of it: good lines are stored though others are refused. A line with a `version` is stored onto that version alone. A `score` of null takes a result away; it stays in the history.',
  access: allow('admin', 'teacher'),
  path: AssessmentPath,
  body: NewResults,
  answers: { 200: Outcomes },
  problems: [problem.assessment_not_found, problem.not_your_subject, problem.term_closed],
  changes: table,
  async handle({ path, body, caller, commit }) {
    const told: Outcome[] = [];
    let rest = body;
    for (; rest.length > MOST_AT_ONCE; rest = rest.slice(MOST_AT_ONCE)) {
      const some = rest.slice(0, MOST_AT_ONCE);
      told.push(...(await commitAlone(table, () => entered(path.id, some, caller))).outcomes);
    }
    return commit(async () => {
      const { writes, outcomes } = await entered(path.id, rest, caller);
      return { writes, answer: ok([...told, ...outcomes]) };
    });
  },
});
