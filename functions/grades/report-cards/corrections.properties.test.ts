import { beforeAll, expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import { cardsOf, head, mother, results } from '../../../tests/support/published.ts';
import { ask, asked, assess, classOf, enter } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

/** Several histories, each upon the one before. */
const RUNS = { numRuns: Number(process.env.CAMPUS_CORRECTIONS ?? 5) };

const SIZE = 7;
const TERM = 'default';
const NAME = 'Corrigée';
const path = '/classes/corrigee';

const PROGRAMME = (students: readonly number[], coefficient: number, rank: boolean) => ({
  subjects: [
    { name: 'Maths', coefficient, teachers: ['prof'] },
    { name: 'Latin', teachers: ['colette'], students },
  ],
  head_teacher: 'principal',
  show: { rank },
});

const score = fc.integer({ min: 0, max: 20 });
const who = fc.integer({ min: 0, max: SIZE - 1 });
const word = fc.constantFrom('Bien.', 'Moyen.', null);

/** What a school corrects between two publications: a mark, a remark, the council's words, the programme. */
const corrections = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('mark' as const), who, of: fc.nat(1), score }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('remark' as const), who, word }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('sheet' as const), who, word, late: fc.nat(2) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ kind: fc.constant('programme' as const), coefficient: fc.integer({ min: 1, max: 3 }) },
        ...{ takers: fc.integer({ min: 1, max: SIZE }), rank: fc.boolean() },
      }),
    },
  ),
  { minLength: 1, maxLength: 4 },
);
type Correction = typeof corrections extends fc.Arbitrary<(infer C)[]> ? C : never;

/** All that the card of each student prints, as the pages that families and the staff read tell it. */
async function told(ids: readonly number[]): Promise<Map<number, string>> {
  const of = async (request: string) => asked(`GET ${request}`, undefined, head);
  const [sheets, remarks, { subjects: taught, show }] = [
    await of(`${path}/sheets?term=${TERM}`),
    await of(`${path}/remarks?term=${TERM}`),
    await of(path),
  ];
  const pages = new Map<number, string>();
  for (const id of ids) {
    const page = await asked(`GET /grades/${id}?term=${TERM}`, undefined, head);
    const { results: _r, card: _c, term: _t, change: _d, rank, ranked, size, class: _among, ...figures } = page;
    const { subjects } = figures;
    const isTheirs = (one: { student_id: number }) => one.student_id === id;
    const { version: _v, author: _a, at: _at, general: _g, proposed_mention: _p, ...words } = sheets.find(isTheirs);
    const spoken = remarks
      .filter((one: { student_id: number; text: string | null }) => isTheirs(one) && one.text !== null)
      .map(({ subject, text, author }: Record<string, string>) => [subject, text, author]);
    const teachers = taught.map(({ name, teachers: them }: { name: string; teachers: string[] }) => [name, them]);
    const ranking = show.rank ? { rank, ranked, size } : {};
    // The mean of a subject that fewer than five have a figure in is told to nobody but the staff.
    const shown = subjects.map((one: { class?: unknown; name: string }) =>
      one.name === 'Latin' && takers < 5 ? { ...one, class: undefined } : one,
    );
    const content = { ...figures, subjects: shown, class: page.class, ...ranking, show, words, spoken, teachers };
    pages.set(id, JSON.stringify(content));
  }
  return pages;
}

let takers = SIZE;

test('after any corrections exactly the students whose printed content changed get a new version', async () => {
  const ids = await classOf(SIZE, NAME, { guardians: ['mother'] });
  await asked(`PUT ${path}`, PROGRAMME(ids, 1, true));
  const assessments = [await assess(NAME, { subject: 'Maths' }), await assess(NAME, { subject: 'Latin' })];
  for (const one of assessments) await enter(one, Object.fromEntries(ids.map((id, i) => [id, 8 + i])));

  const turn = (open: boolean) =>
    asked(`PATCH /terms/${TERM}`, { open, class_names: [NAME], ...(open && { reason: 'Corrections' }) });
  const publish = async () => {
    await turn(false);
    return results(await asked(`POST ${path}/report-cards`, { term: TERM, reason: 'Corrections' }, head));
  };
  async function correct(one: Correction): Promise<void> {
    const id = 'who' in one ? ids[one.who] : undefined;
    if (one.kind === 'mark') await ask(`PUT /grades/${id}/${assessments[one.of]}`, { score: one.score });
    if (one.kind === 'remark')
      await asked(`PUT ${path}/remarks?term=${TERM}&subject=Maths`, [{ student_id: id, text: one.word }]);
    if (one.kind === 'sheet')
      await asked(`PUT ${path}/sheets?term=${TERM}`, [{ student_id: id, remark: one.word, late: one.late }]);
    if (one.kind === 'programme') {
      takers = one.takers;
      await asked(`PUT ${path}`, PROGRAMME(ids.slice(0, takers), one.coefficient, one.rank));
    }
  }
  const versions = async () =>
    new Map(await Promise.all(ids.map(async (id) => [id, (await cardsOf(id, mother))[0]?.version] as const)));

  await publish();
  let replaced = 0;
  await fc.assert(
    fc.asyncProperty(corrections, async (all) => {
      const [pages, before] = [await told(ids), await versions()];
      await turn(true);
      for (const one of all) await correct(one);
      const after = await told(ids);
      const changed = ids.filter((id) => pages.get(id) !== after.get(id));
      const outcome = await publish();
      expect(ids.filter((id) => outcome[id] === 'replaces')).toEqual(changed);
      const now = await versions();
      for (const id of ids) expect(now.get(id)).toBe((before.get(id) ?? 0) + (changed.includes(id) ? 1 : 0));
      replaced += changed.length;
    }),
    RUNS,
  );
  expect(replaced).toBeGreaterThan(0);
});
