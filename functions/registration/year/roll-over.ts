import * as z from 'zod';
import { clock } from '../../../platform/base/clock.ts';
import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Flag } from '../../../platform/schema/flag.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { problem } from '../problems.ts';
import * as schools from '../school/school-store.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { carriedOut } from './carry-out.ts';
import { decisionsOf, yearsOf } from './council.ts';
import type { Outcome } from './enrolment.ts';
import { Promotions, withoutMove } from './passage.ts';
import { type Passage, Rollover, RolloverView } from './rollover.ts';

const UNKNOWN = { fr: 'Cet étudiant n’existe pas', en: 'There is no such student' };
const PENDING = { fr: 'Cette inscription n’est pas encore acceptée', en: 'This registration is not accepted yet' };
const CLASSLESS = {
  fr: 'Dans quelle classe ? La sienne n’a pas de passage prévu',
  en: 'Into which class? Theirs has no move',
};

/** @throws invalid_input, at the student who is named and cannot be rolled over */
function mustBeEnrolled({ students: named }: Rollover, known: ReadonlyMap<number, Student>): void {
  for (const [i, { id }] of named.entries()) {
    const student = known.get(id);
    if (!student) throw invalidField(`#/students/${i}/id`, 'unknown_student', UNKNOWN);
    if (student.status === 'pending') throw invalidField(`#/students/${i}/id`, 'not_enrolled', PENDING);
  }
}

/** @throws invalid_input, at the student who is to be in a class that nothing names */
function mustBePlaced(
  { students: named }: Rollover,
  promotions: Promotions,
  known: ReadonlyMap<number, Student>,
): void {
  for (const [i, { id }] of named.entries()) {
    const student = known.get(id);
    if (student && promotions.lacksClass(student))
      throw invalidField(`#/students/${i}/class_name`, 'required', CLASSLESS);
  }
}

/** All who have not left and, read anew, all who are named. */
async function knownTo({ students: named }: Rollover): Promise<ReadonlyMap<number, Student>> {
  const [all, anew] = await Promise.all([students.everybody(), students.findMany(named.map(({ id }) => id))]);
  return new Map([...all, ...anew].map((student) => [student.id, student]));
}

/** The classes that a call is about: those that move, and those of the students who are named. */
const classesOf = ({ moves, students: named }: Rollover, known: ReadonlyMap<number, Student>): string[] => [
  ...moves.map(({ class_name }) => class_name),
  ...named.flatMap(({ id }) => known.get(id)?.class_name ?? []),
];

const inOrder = new Intl.Collator('fr', { numeric: true });

const byClass = (a: Passage, b: Passage): number =>
  inOrder.compare(a.class_name ?? '', b.class_name ?? '') || inOrder.compare(a.name, b.name) || a.id - b.id;

function countsOf(passages: readonly Passage[]): Record<Outcome, number> {
  const counts = { promoted: 0, repeats: 0, conditional: 0, leaves: 0 };
  for (const { outcome } of passages) if (outcome) counts[outcome] += 1;
  return counts;
}

export const rollOver = operation({
  route: 'POST /students/rollover',
  summary: 'Begin the next school year',
  description:
    'Every student of the classes in `moves`, and everybody named in `students`, gets a stay in a class of the year `to` that begins today (tomorrow for whoever began the last one today). What `students` says of somebody comes first, then what the council decided (`decision` of its sheet on the year), else they are promoted as `moves` says; `to: null` is for a class whose students have finished, and leave. Whoever repeats stays in their class, `conditional` goes up as `promoted` does and is told apart. Classes without a move stay as they are and are told in `without_move`. All terms of the year `from` in which these classes are taught must be closed. ' +
    '`?dry_run=true` changes nothing and answers the same list. The same call again changes nothing twice; where it was broken off, or answers `complete: false`, it goes on with the others.',
  access: allow('admin'),
  query: z.object({ dry_run: Flag.optional() }),
  body: Rollover,
  answers: { 200: RolloverView },
  problems: [problem.year_not_closed, common.peer_unavailable],
  async handle({ query: { dry_run = false }, body, headers }) {
    const startedAt = clock.now();
    const calendar = await schools.calendar();
    const known = await knownTo(body);
    mustBeEnrolled(body, known);
    const years = await yearsOf(body.from, classesOf(body, known), calendar, headers);
    const open_terms = years.filter(({ state }) => state !== 'closed').map(({ id, name }) => ({ id, name }));
    if (!dry_run && open_terms.length > 0) throw problem.year_not_closed();
    const classes = body.moves.map(({ class_name }) => class_name);
    const promotions = new Promotions(body, await decisionsOf(classes, years, headers));
    mustBePlaced(body, promotions, known);
    const [about, others] = promotions.sorted([...known.values()]);
    const passages = about.map((student) => promotions.passageOf(student));
    const after = dry_run ? passages : await carriedOut(passages, { promotions, year: body, calendar, startedAt });
    return ok({
      ...{ from: body.from, to: body.to, dry_run, complete: after.every(({ done }) => done) },
      ...{ counts: countsOf(after), students: after.toSorted(byClass) },
      ...{ without_move: withoutMove(others), open_terms },
    });
  },
});
