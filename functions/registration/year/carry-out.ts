import pLimit from 'p-limit';
import { clock } from '../../../platform/base/clock.ts';
import { commit } from '../../../platform/events/commit.ts';
import { studentChanged } from '../events.ts';
import type { Calendar } from '../school/school-store.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { table } from '../table.ts';
import type { Promotions } from './passage.ts';
import type { Passage } from './rollover.ts';
import { promoted } from './stays.ts';

/** How many students one transaction takes: each is a record and an event, and a transaction has a hundred items. */
const TOGETHER = 25;

/** How many transactions side by side. */
const ABREAST = 4;

/** No transaction begins later (ms): what is under way and the answer still fit the 29 s that the gateway waits. */
const LATEST_MS = 20_000;

/** What a roll-over is carried out by. */
interface Terms {
  readonly promotions: Promotions;
  /** The labels of the year that is left and of the one that comes. */
  readonly year: { readonly from: string; readonly to: string };
  readonly calendar: Calendar;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** One student's step into the next year, from the record as it stands. */
function stepOf(before: Student, { promotions, year, calendar }: Terms) {
  const passage = promotions.passageOf(before);
  const { outcome = 'promoted', to } = passage;
  const reason = `Fin de l’année scolaire ${year.from}`;
  const standing = promoted(before, { year: year.to, outcome, class_name: to }, reason, calendar);
  return {
    before,
    after: { ...before, ...standing, version: before.version + 1 },
    passage: { ...passage, done: true },
  };
}

/** Takes some students into the next year: those of them for whom it has not begun meanwhile. @returns how they stand */
async function passTogether(ids: readonly number[], terms: Terms): Promise<readonly Passage[]> {
  const { promotions } = terms;
  const { passages } = await commit(table, async () => {
    const about = (await students.findMany(ids)).filter((student) => promotions.isAbout(student));
    const [waiting, others] = [about.filter(promotions.isWaiting), about.filter((one) => !promotions.isWaiting(one))];
    const steps = waiting.map((student) => stepOf(student, terms));
    return {
      writes: steps.flatMap(({ before, after }) => students.advance(before, after)),
      events: steps.flatMap(({ after }) => studentChanged(after)),
      passages: [...steps.map(({ passage }) => passage), ...others.map((one) => promotions.passageOf(one))],
    };
  });
  return passages;
}

const chunksOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, i) => all.slice(i * TOGETHER, (i + 1) * TOGETHER));

/**
 * Carries out what was foreseen, some students a transaction: broken off anywhere, each of them is in one year or in the
 * other, and the same again goes on with the rest.
 * @returns the passages as they stand; not `done` are those for whom there was no time
 * @throws busy
 */
export async function carriedOut(foreseen: readonly Passage[], terms: Terms): Promise<readonly Passage[]> {
  const limit = pLimit(ABREAST);
  const settled = foreseen.filter(({ done }) => done);
  const waiting = foreseen.filter(({ done }) => !done);
  const passed = chunksOf(waiting).map((some) =>
    limit(async () => {
      if (clock.now() - terms.startedAt > LATEST_MS) return some;
      return passTogether(
        some.map(({ id }) => id),
        terms,
      );
    }),
  );
  return [...settled, ...(await Promise.all(passed)).flat()];
}
