import { timestamp } from '../../platform/base/clock.ts';
import { commit } from '../../platform/events/commit.ts';
import * as assessments from './assessments/assessment-store.ts';
import * as results from './assessments/result-store.ts';
import { changesBetween, type Fields } from './changes.ts';
import { councilOf } from './council/council.ts';
import * as councils from './council/council-store.ts';
import type { StoredSheet, Words } from './council/sheet.ts';
import { ASSESSMENTS, DEMO_STUDENTS, idOf, LAST_CLASS, LAST_TERM, LAST_YEAR } from './demo-school.ts';
import * as cards from './report-cards/card-store.ts';
import { draw, published } from './report-cards/publication.ts';
import { table } from './table.ts';
import { closeLeaf, reopenLeaf } from './terms/closing.ts';
import type { Term } from './terms/term.ts';
import * as terms from './terms/term-store.ts';

const COMPOSITION = ASSESSMENTS.find(({ term }) => term === LAST_TERM) as (typeof ASSESSMENTS)[number];

/** Whose mark was miscounted, and what it should have been. */
const CORRECTED = { id: 3, score: 11 };

const WHY = 'Erreur de report en mathématiques';

const REMARKS: Readonly<Record<number, string>> = {
  1: 'Des progrès réguliers, qu’il faut consolider.',
  2: 'Excellent niveau, raisonnement sûr.',
  3: 'Des efforts ; la rédaction reste à soigner.',
};

const SHEETS: Readonly<Record<number, Words>> = {
  1: { remark: 'Bon semestre, sérieux et appliqué.', absences_excused: 2, late: 1, mention: 'Assez bien' },
  2: { remark: 'Félicitations du conseil.', conduct: 'Très bonne', mention: 'Très bien' },
  3: { remark: 'Encouragements du conseil.', absences_unexcused: 3, late: 4, conduct: 'Correcte' },
};

/** Says something once: what stands already stays. */
async function say(term: Term, sheets: Readonly<Record<number, Words>>, remarks: Readonly<Record<number, string>>) {
  const council = await councilOf(LAST_CLASS, term.id);
  const by = { author: 'prof', at: timestamp(), version: 1 };
  const said = await councils.of(
    DEMO_STUDENTS.map(([id]) => id),
    term.id,
  );
  const { subject } = COMPOSITION;
  const ofSheets = Object.entries(sheets)
    .filter(([id]) => !said.get(Number(id))?.sheet)
    .map(([id, words]) => {
      const changes = changesBetween({}, words as Fields);
      return { studentId: Number(id), after: { ...words, ...by } as StoredSheet, changes };
    });
  const ofRemarks = Object.entries(remarks)
    .filter(([id]) => !councils.remarkIn(said.get(Number(id)), subject))
    .map(([id, text]) => ({
      studentId: Number(id),
      subject,
      after: { subject, text, ...by },
      changes: changesBetween({}, { text }),
    }));
  // Each in a transaction of its own: what a teacher and the council say of a student stands in one item.
  for (const some of [ofSheets, ofRemarks])
    await commit(table, () => ({
      writes: councils.say(
        { ref: council.ref, term: term.id },
        some.map((one) => ({ ...one, before: undefined })),
      ),
    }));
}

const publish = (term: Term, reason: string | undefined) =>
  commit(table, async () => {
    const drawing = await draw(await councilOf(LAST_CLASS, term.id));
    return { writes: published(drawing, { by: 'prof', reason }).writes };
  });

async function correct(): Promise<void> {
  const turn = { by: 'admin', at: timestamp() };
  await reopenLeaf(LAST_TERM, { ...turn, open: true, reason: WHY }, await terms.calendar());
  await commit(table, async () => {
    const at = results.resultKey(CORRECTED.id, LAST_TERM.id, idOf(COMPOSITION));
    const found = await assessments.find(idOf(COMPOSITION), [at]);
    const [before] = found.others as unknown as Parameters<typeof results.entered>[0][];
    const sent = { score: CORRECTED.score };
    if (results.isSame(before, sent)) return {};
    return { writes: results.enter([{ studentId: CORRECTED.id, sent, before }], found, 'prof') };
  });
  await closeLeaf(LAST_TERM, { ...turn, open: false });
}

/**
 * The council and the report cards of last year: published, then published again after a mark was corrected, which changes
 * the mean on every card of the class. Each step is made once; broken off, the next start goes on.
 */
export async function loadCards(): Promise<void> {
  await say(LAST_TERM, SHEETS, REMARKS);
  const decisions = DEMO_STUDENTS.filter(([id]) => id < 9).map(([id]) => [id, { decision: 'promoted' as const }]);
  await say(LAST_YEAR, Object.fromEntries(decisions), {});
  const standing = await cards.last(CORRECTED.id, LAST_TERM.id);
  if (!standing) await publish(LAST_TERM, undefined);
  if ((standing?.version ?? 1) === 1) {
    await correct();
    await publish(LAST_TERM, WHY);
  }
  if (!(await cards.last(CORRECTED.id, LAST_YEAR.id))) await publish(LAST_YEAR, undefined);
}
