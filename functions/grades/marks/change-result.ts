import * as z from 'zod';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import type { Write } from '../../../platform/data/write.ts';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { noContent, ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line, paragraph } from '../../../platform/schema/text.ts';
import type { SingleResult, StoredResult } from '../assessments/assessment.ts';
import type { Found } from '../assessments/assessment-store.ts';
import * as assessments from '../assessments/assessment-store.ts';
import * as results from '../assessments/result-store.ts';
import { readParts } from '../classes/book-store.ts';
import { refIn } from '../classes/class-ref.ts';
import type { Programme } from '../classes/programme.ts';
import { problem } from '../problems.ts';
import { hasLeft } from '../students/stays.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { table } from '../table.ts';
import { current } from './carry-over.ts';
import { decimals, Factor, hundredths } from './decimal.ts';
import { type Mark, ResultPath } from './mark.ts';
import * as marks from './mark-store.ts';
import { mustReach, mustTeach } from './place.ts';

const Fields = {
  score: decimals(0, 1000).nullable().optional(),
  status: z.enum(['absent', 'exempt', 'missing']).optional(),
  subject: line(100).nullable().optional(),
  coefficient: Factor.optional(),
  comment: paragraph(500).nullable().optional(),
};

const notBoth = rule('score_or_status', {
  fr: 'Une note ou un statut, l’un des deux',
  en: 'A score or a status, one of them',
});

const Change = z
  .strictObject(Fields)
  .refine(({ score, status }) => score === undefined || status === undefined, { ...notBoth, path: ['status'] });
type Change = z.output<typeof Change>;

const Replacement = Change.refine(({ score, status }) => score !== undefined || status !== undefined, {
  ...notBoth,
  path: ['score'],
});

/** A mark or a result as it stands, or stood once; a plain mark is out of 20. */
const Standing = z.object({
  id: z.string(),
  score: z.number().optional(),
  status: z.enum(['absent', 'exempt', 'missing']).optional(),
  subject: z.string().optional(),
  coefficient: z.number().optional(),
  comment: z.string().optional(),
  author: z.string(),
  at: z.iso.datetime(),
  version: z.int(),
});
type Standing = z.input<typeof Standing>;

const viewOfMark = ({ id, grade, subject, coefficient, comment, author, at, version, removed_at }: Mark): Standing => ({
  ...{ id, subject, coefficient, comment, author, at, version },
  ...(removed_at === undefined && { score: grade }),
});

const viewOfResult = (stored: StoredResult): Standing => ({ id: stored.assessment, ...results.viewOf(stored) });

/** A plain mark of a student, or their result in an assessment. */
type Target =
  | { readonly student: Student; readonly mark: Mark; readonly programme: Programme | undefined }
  | { readonly student: Student; readonly found: Found; readonly stored: StoredResult | undefined };

/** @throws student_not_found, result_not_found, not_your_subject */
async function targetOf(studentId: number, id: KeyPart, caller: Caller): Promise<Target> {
  const [profile, mark] = await Promise.all([current(studentId), marks.find(studentId, id)]);
  const student = students.known(profile);
  if (!student) throw problem.student_not_found();
  if (mark && !marks.isPutApart(student, mark)) {
    const term = marks.termOf(mark);
    const { programme } = await readParts({ ref: refIn(student, term), term });
    mustReach(programme, mark.subject, caller);
    return { student, mark, programme };
  }
  return { student, ...(await resultOf(studentId, id, caller)) };
}

async function resultOf(studentId: number, id: KeyPart, caller: Caller) {
  const notFound = (error: { code?: string }) => {
    throw error.code === 'assessment_not_found' ? problem.result_not_found() : error;
  };
  const { term } = await assessments.where(id).catch(notFound);
  const found = await assessments.find(id, [results.resultKey(studentId, term, id)]).catch(notFound);
  mustReach(found.book.programme, found.assessment.subject, caller);
  const [stored] = found.others as unknown as StoredResult[];
  return { found, stored };
}

const TOO_HIGH = { fr: 'La note dépasse le barème', en: 'The score is above what could be had' };
const NO_STATUS = { fr: 'Une note simple n’a pas de statut', en: 'A plain mark has no status' };

function changedMark(mark: Mark, { score, status, subject, coefficient, comment }: Change, whole: boolean) {
  if (status) throw invalidField('#/status', 'no_status', NO_STATUS);
  if (typeof score === 'number' && score > 20) throw invalidField('#/score', 'score_above_out_of', TOO_HIGH);
  const kept = <T>(value: T | null | undefined, before: T | undefined) =>
    value === undefined && !whole ? before : (value ?? undefined);
  return {
    grade: score ?? mark.grade,
    coefficient: coefficient ?? (whole ? 1 : mark.coefficient),
    subject: kept(subject, mark.subject),
    comment: kept(comment, mark.comment),
    isRemoved: score === null || (score === undefined && mark.removed_at !== undefined),
  };
}

const OF_THE_ASSESSMENT = {
  fr: 'C’est l’évaluation qui le porte',
  en: 'It is the assessment that says so',
};

/** A change of a result as it is entered. @throws invalid_input */
function sentFor(
  { assessment }: Found,
  stored: StoredResult | undefined,
  change: Change,
  whole: boolean,
): SingleResult {
  for (const field of ['subject', 'coefficient'] as const)
    if (change[field] !== undefined) throw invalidField(`#/${field}`, 'of_the_assessment', OF_THE_ASSESSMENT);
  const { score, status, comment } = change;
  if (typeof score === 'number' && hundredths(score) > assessment.out_of)
    throw invalidField('#/score', 'score_above_out_of', TOO_HIGH);
  const before = stored ? results.outcomeOf(stored.result) : {};
  const outcome = score === undefined && status === undefined ? { score: null, ...before } : { score, status };
  const kept = comment === undefined && !whole ? stored?.comment : (comment ?? undefined);
  return { ...outcome, ...(kept !== undefined && { comment: kept }) } as SingleResult;
}

/** What is written for a change of one mark or result, and what then stands. */
async function changed(target: Target, change: Change, caller: Caller, whole: boolean) {
  const { student } = target;
  if ('mark' in target) {
    const to = changedMark(target.mark, change, whole);
    if (to.subject !== target.mark.subject) mustTeach(target.programme, to.subject, caller);
    const { mark, writes } = marks.amend(student, target.mark, to, caller.username);
    return { writes, view: viewOfMark(mark) };
  }
  const { found, stored } = target;
  const sent = sentFor(found, stored, change, whole);
  const entering = { studentId: student.student_id, sent, before: stored };
  const ref = refIn(student, found.where.term);
  const writes: Write[] =
    ref === found.where.ref
      ? results.enter([entering], mustBeMember(target), caller.username)
      : await results.enterAway(entering, found, caller.username, { ref, term: found.where.term });
  return { writes, view: viewOfResult(results.entered(stored, sent, found, caller.username)) };
}

/** What somebody got who has left since may be corrected like all else of theirs, and they get nothing new. */
function mustBeMember({ student, found, stored }: Extract<Target, { found: Found }>): Found {
  const has = hasLeft(student) && stored?.result !== undefined;
  if (!found.book.members[student.student_id] && !has) throw problem.result_not_found();
  return found;
}

const common = {
  access: allow('admin', 'teacher'),
  path: ResultPath,
  problems: [problem.student_not_found, problem.result_not_found, problem.not_your_subject, problem.term_closed],
  changes: table,
  versioned: true,
} as const;

const isThere = (target: Target): boolean =>
  'mark' in target ? target.mark.removed_at === undefined : target.stored?.result !== undefined;

const versionOf = (target: Target): number => ('mark' in target ? target.mark.version : (target.stored?.version ?? 0));

const reading = async (path: z.output<typeof ResultPath>, caller: Caller) => {
  const target = await targetOf(path.student_id, path.result_id, caller);
  return { target, version: versionOf(target) };
};

export const replaceResult = operation({
  ...common,
  route: 'PUT /grades/{student_id}/{result_id}',
  summary: 'Replace one mark or result',
  description:
    'A plain mark by its id, or a student’s result by that of the assessment. `{"score": null}` takes it away; everything that it was stays in its history.',
  body: Replacement,
  answers: { 200: Standing },
  handle: ({ path, body, caller, commit }) =>
    commit(
      () => reading(path, caller),
      async ({ target }) => {
        const { writes, view } = await changed(target, body, caller, true);
        return { writes, answer: ok(view, { etag: view.version }) };
      },
    ),
});

export const changeResult = operation({
  ...common,
  route: 'PATCH /grades/{student_id}/{result_id}',
  summary: 'Change one mark or result',
  description: 'A JSON merge patch: null takes an optional field away, and a `score` of null the mark itself.',
  body: Change,
  answers: { 200: Standing },
  handle: ({ path, body, caller, commit }) =>
    commit(
      () => reading(path, caller),
      async ({ target }) => {
        const { writes, view } = await changed(target, body, caller, false);
        return { writes, answer: ok(view, { etag: view.version }) };
      },
    ),
});

export const deleteResult = operation({
  ...common,
  route: 'DELETE /grades/{student_id}/{result_id}',
  summary: 'Take one mark or result away',
  description: 'It counts no longer; what it was stays in its history.',
  erasable: false,
  answers: { 204: null },
  handle: ({ path, caller, commit }) =>
    commit(
      () => reading(path, caller),
      async ({ target }) => {
        if (!isThere(target)) throw problem.result_not_found();
        return { writes: (await changed(target, { score: null }, caller, false)).writes, answer: noContent() };
      },
    ),
});

export const readHistory = operation({
  route: 'GET /grades/{student_id}/{result_id}/history',
  summary: 'What a mark or a result was, and who changed it when',
  access: common.access,
  path: ResultPath,
  answers: { 200: z.array(Standing) },
  problems: [problem.student_not_found, problem.result_not_found, problem.not_your_subject],
  async handle({ path, caller }) {
    const target = await targetOf(path.student_id, path.result_id, caller);
    if ('mark' in target) return ok(marks.pastOf(target.mark).map(viewOfMark));
    if (!target.stored) throw problem.result_not_found();
    return ok(results.pastOf(target.stored).map(viewOfResult));
  },
});
