import { beforeAll, describe, expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import { admin, guardian, type Identity, student, teacher } from '../../tests/support/call.ts';
import { ask, asked, assess, enter, newStudents, type Stay, stays, tell } from '../../tests/support/school.ts';
import { createContext } from '../../tests/support/tables.ts';
import { forgetPlace } from './marks/remembered.ts';
import { handler as settle } from './rankings/settle.ts';

beforeAll(async () => {
  await createContext('grades', 'auth');
});

/** A pupil as they go through the school. */
interface Pupil {
  readonly id: number;
  readonly lines: readonly Stay[];
  readonly version: number;
}

/** When what of two school years is. */
interface Dates {
  readonly year: readonly [from: string, to: string];
  readonly leaves: readonly (readonly [from: string, to: string])[];
  /** Day of the roll-over. */
  readonly rolled: string;
  readonly next: readonly [from: string, to: string];
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - 24 * 3600 * 1000).toISOString().slice(0, 10);

const TODAY = new Date().toISOString().slice(0, 10);

const CALENDARS: readonly (readonly [string, Dates])[] = [
  [
    'long over',
    {
      year: ['2019-09-01', '2020-07-31'],
      leaves: [
        ['2019-09-01', '2019-12-20'],
        ['2020-01-06', '2020-03-31'],
        ['2020-04-01', '2020-07-31'],
      ],
      rolled: '2020-08-20',
      next: ['2020-09-01', '2099-07-31'],
    },
  ],
  [
    'closed before its last day, and left on the same day',
    {
      year: ['2021-09-01', '2098-07-31'],
      leaves: [
        ['2021-09-01', '2021-12-20'],
        ['2022-01-06', '2022-03-31'],
        ['2022-04-01', '2098-07-31'],
      ],
      rolled: TODAY,
      next: ['2022-05-01', '2099-07-31'],
    },
  ],
];

const PROGRAMME = (option: readonly number[]) => ({
  subjects: [
    { name: 'Maths', coefficient: 4, teachers: ['colette'] },
    { name: 'Français', coefficient: 3 },
    { name: 'Oral', parent: 'Français', teachers: ['colette'] },
    { name: 'Latin', students: option },
  ],
  categories: [{ name: 'Devoirs' }, { name: 'Composition', weight: 2 }],
  head_teacher: 'prof',
  show: { extremes: false },
});

const [colette, prof] = [
  { username: 'colette', role: 'teacher' },
  { username: 'prof', role: 'teacher' },
] as const satisfies readonly Identity[];

const newTerm = async (
  name: string,
  [starts_on, ends_on]: readonly [string, string],
  parent?: string,
): Promise<string> => (await asked('POST /terms', { name, starts_on, ends_on, ...(parent && { parent }) })).id;

describe.each(CALENDARS)('of a school year that is %s', (kind, dates) => {
  const named = (class_name: string): string => `${class_name}${kind.length}`;
  const [SIXTH, OTHER, FIFTH, FREE, SILENT] = ['6eA', '6eB', '5eA', '4eZ', '3eS'].map(named) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const familyOf = (id: number): string => `family.${kind.length}.${id % 3}`;

  async function told(pupil: Pupil): Promise<Pupil> {
    const more = {
      phone: `+22177${1_000_000 + pupil.id}`,
      username: `own.${pupil.id}`,
      guardians: [familyOf(pupil.id)],
    };
    await tell(pupil.id, pupil.version, { ...stays(...pupil.lines), ...more });
    return pupil;
  }

  const come = (class_name: string, from: string): Promise<Pupil> =>
    told({ id: newStudents(1)[0] ?? 0, lines: [{ class_name, from }], version: 1 });

  /** The same in another class from a day on, or in none. */
  function go({ id, lines, version }: Pupil, day: string, class_name?: string): Promise<Pupil> {
    const last = { ...(lines.at(-1) as Stay), to: dayBefore(day) };
    const then = class_name === undefined ? [] : [{ class_name, from: day }];
    return told({ id, lines: [...lines.slice(0, -1), last, ...then], version: version + 1 });
  }

  /** A year as a school has it: a programme with an option and categories, plain marks, a mover, a leaver, a class without marks. */
  async function lived() {
    const year = await newTerm('Année', dates.year);
    const half = await newTerm('Semestre', [dates.leaves[0]?.[0] ?? '', dates.leaves[1]?.[1] ?? ''], year);
    const [first = '', second = ''] = [
      await newTerm('T1', dates.leaves[0] as [string, string], half),
      await newTerm('T2', dates.leaves[1] as [string, string], half),
    ];
    const third = await newTerm('T3', dates.leaves[2] as [string, string], year);
    const [from] = dates.year;
    const pupils: Pupil[] = [];
    for (const [class_name, count] of [
      [SIXTH, 6],
      [OTHER, 1],
      [FIFTH, 5],
      [FREE, 1],
      [SILENT, 1],
    ] as const)
      for (let i = 0; i < count; i += 1) pupils.push(await come(class_name, from));
    const of = (class_name: string) =>
      pupils.filter(({ lines }) => lines[0]?.class_name === class_name).map(({ id }) => id);
    await asked(`PUT /classes/${SIXTH}?year=${year}`, PROGRAMME(of(SIXTH).slice(0, 3)));
    for (const class_name of [OTHER, FIFTH])
      await asked(`PUT /classes/${class_name}?year=${year}`, { copy_from: { year, class_name: SIXTH } });
    const assessments: string[] = [];
    const give = async (class_name: string, term: string, more: object, score: (i: number) => number | string) => {
      const id = await assess(class_name, { term, ...more });
      const scores = of(class_name).map((pupil, i) => [pupil, score(i)]);
      await enter(id, Object.fromEntries(scores));
      assessments.push(id);
    };
    for (const term of [first, second, third])
      for (const class_name of [SIXTH, OTHER, FIFTH]) {
        await give(class_name, term, { subject: 'Maths', category: 'Devoirs' }, (i) => 8 + ((i * 3) % 11));
        await give(class_name, term, { subject: 'oral', category: 'Composition', out_of: 40 }, (i) =>
          i === 1 ? 'absent' : 12 + i * 3,
        );
        await give(class_name, term, { subject: 'Latin', category: 'Devoirs', counts: 'bonus' }, (i) => 11 + i);
      }
    await give(FREE, first, {}, (i) => 9 + i);
    const [mover, leaver] = [pupils[0] as Pupil, pupils[1] as Pupil];
    pupils[0] = await go(mover, dates.leaves[1]?.[0] ?? '', OTHER);
    pupils[1] = await go(leaver, dates.leaves[2]?.[0] ?? '');
    await settle();
    return { year, half, leaves: [first, second, third], pupils, assessments };
  }

  type Lived = Awaited<ReturnType<typeof lived>>;

  /** Every way to ask for something of a year. */
  function questions({ year, half, leaves, pupils, assessments }: Lived): (readonly [Identity, string])[] {
    const classes = [SIXTH, OTHER, FIFTH, FREE, SILENT];
    const terms = [year, half, ...leaves];
    const all = (as: Identity, requests: readonly string[]) => requests.map((request) => [as, request] as const);
    const ofClass = (class_name: string, term: string) => [
      ...['grades', 'rankings/top10', 'assessments'].map((path) => `/${path}?class_name=${class_name}&term=${term}`),
      ...['', '&subject=Maths', '&subject=oral'].map((of) => `/classes/${class_name}/stats?term=${term}${of}`),
    ];
    const ofAll = leaves.flatMap((term) => [`/grades?term=${term}`, `/rankings/top10?term=${term}`]);
    const ofYear = [`/classes?year=${year}&limit=200`, ...classes.map((one) => `/classes/${one}?year=${year}`)];
    const one = pupils[2]?.id ?? 0;
    const histories = assessments.slice(0, 3).map((id) => `/grades/${one}/${id}/history`);
    const phones = pupils
      .slice(0, 4)
      .flatMap(({ id }) => leaves.map((term) => `/grades?phone=%2B22177${1_000_000 + id}&term=${term}`));
    const staff = [
      ...all(admin, [
        ...classes.flatMap((name) => [year, ...leaves.slice(1)].flatMap((term) => ofClass(name, term))),
        ...phones,
      ]),
      ...[prof, colette].flatMap((as) =>
        all(
          as,
          [SIXTH, FIFTH].flatMap((name) => [year, leaves[1] ?? ''].flatMap((term) => ofClass(name, term))),
        ),
      ),
      ...[admin, prof, colette].flatMap((as) =>
        all(as, [...ofAll, ...ofYear, ...histories, ...assessments.map((id) => `/assessments/${id}`)]),
      ),
    ];
    const reports = pupils.flatMap(({ id }, i) => {
      // All who may see them of the first few, who moved, left and repeat.
      const readers =
        i < 4 ? [admin, prof, colette, student(`own.${id}`), guardian(familyOf(id))] : [admin, student(`own.${id}`)];
      return readers.flatMap((as) =>
        all(
          as,
          terms.map((term) => `/grades/${id}?term=${term}`),
        ),
      );
    });
    return [...staff, ...reports];
  }

  /** Every answer about a year, by who asks and what: as bytes, without what each call has anew. */
  async function answers(last: Lived): Promise<Map<string, string>> {
    const limit = pLimit(8);
    const all = await Promise.all(
      questions(last).map(([as, request]) =>
        limit(async () => {
          const { status, headers, text } = await ask(`GET ${request}`, undefined, as);
          // A request's own number, and whether it was answered out of the cache.
          const { 'X-Request-Id': _id, 'X-Cache': _cache, ...rest } = headers;
          return [
            `${as.username}: ${request}`,
            JSON.stringify([status, rest, text.replace(/"request_id":"[^"]+"/, '')]),
          ] as const;
        }),
      ),
    );
    const terms = await asked('GET /terms?limit=200');
    const own = [last.year, last.half, ...last.leaves].map((term) => {
      const found = terms.find(({ id }: { id: string }) => id === term);
      return [`term ${term}`, JSON.stringify(found)] as const;
    });
    return new Map([...all, ...own]);
  }

  test('every answer stays what it was, to the byte, once the next has begun', async () => {
    const last = await lived();
    await asked(`PATCH /terms/${last.year}`, { open: false });
    await settle();
    const before = await answers(last);
    const statuses = [...before.values()].map((text) => text.slice(1, 4));
    expect(statuses.filter((status) => status === '200').length).toBeGreaterThan(300);
    expect(statuses.filter((status) => status.startsWith('5'))).toEqual([]);

    const up: Readonly<Record<string, string>> = { [SIXTH]: FIFTH, [OTHER]: FIFTH, [FIFTH]: FREE, [FREE]: SILENT };
    const rolled: Pupil[] = [];
    for (const [i, pupil] of last.pupils.entries()) {
      const class_name = pupil.lines.at(-1)?.class_name ?? '';
      const isGone = pupil.lines.at(-1)?.to !== undefined;
      // One of each class repeats it, the leavers of the top class leave.
      const to = i % 6 === 2 ? class_name : up[class_name];
      rolled.push(isGone ? pupil : await go(pupil, dates.rolled, to));
    }
    const year = await newTerm('Suivante', dates.next);
    const leaf = await newTerm('T1', dates.next, year);
    for (const class_name of [SIXTH, OTHER, SIXTH]) rolled.push(await come(class_name, dates.rolled));
    await asked(`PUT /classes/${FIFTH}?year=${year}`, { copy_from: { year: last.year, class_name: FIFTH } });
    await asked(`PUT /classes/${SIXTH}?year=${year}`, { copy_from: { year: last.year, class_name: SIXTH } });
    await asked(`PUT /classes/${FREE}?year=${year}`, { copy_from: { year, class_name: SIXTH } });
    const here = rolled.filter(({ lines }) => lines.at(-1)?.to === undefined);
    const assessment = await assess(FIFTH, { term: leaf, subject: 'Maths', category: 'Devoirs' });
    const fifth = here.filter(({ lines }) => lines.at(-1)?.class_name === FIFTH).map(({ id }) => id);
    await enter(assessment, Object.fromEntries(fifth.map((id, i) => [id, 5 + i])));
    for (const { id } of here) forgetPlace(id);
    for (const { id } of here)
      await asked(`POST /add_grade/${id}`, { grade: 7, ...(fifth.includes(id) && { subject: 'Maths' }) });
    await go(here[0] as Pupil, TODAY, SIXTH);
    // Who had left comes back.
    const back = rolled[1] as Pupil;
    await told({ ...back, lines: [...back.lines, { class_name: FIFTH, from: dates.rolled }], version: 9 });
    await settle();

    expect(fifth.length).toBeGreaterThan(5);
    expect((await asked(`GET /classes/${FIFTH}?year=${year}`, undefined, teacher)).size).toBe(
      fifth.length + Number(here[0]?.lines.at(-1)?.class_name !== FIFTH),
    );
    const after = await answers(last);
    const differing = [...before].filter(([request, text]) => after.get(request) !== text);
    expect(differing.slice(0, 5).map(([request, text]) => [request, text, after.get(request)])).toEqual([]);
    expect(after.size).toBe(before.size);
  }, 300_000);
});
