import { beforeAll, expect, test } from '@jest/globals';
import { FORMAT } from '../../../platform/data/format.ts';
import { deliver, told } from '../../../tests/support/deliver.ts';
import { fc } from '../../../tests/support/draws.ts';
import { ask, asked, assess, classOf, enter, newStudents, type Stay, stays } from '../../../tests/support/school.ts';
import { everything } from '../../../tests/support/shop-books.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as consumer } from '../on-student-event.ts';

const CLASSES = ['A', 'B', 'C'];

let [table, first, second] = ['', '', ''];
const assessments: string[] = [];

beforeAll(async () => {
  ({ GRADES_TABLE: table = '' } = await createContext('grades'));
  const term = async (name: string, starts_on: string, ends_on: string, parent?: string): Promise<string> =>
    (await asked('POST /terms', { name, starts_on, ends_on, ...(parent && { parent }) })).id;
  const year = await term('Année', '2020-09-01', '2099-07-31');
  first = await term('T1', '2020-09-01', '2020-12-20', year);
  second = await term('T2', '2021-01-04', '2099-07-31', year);
  // One class has no book in the first term.
  for (const [class_name, of] of [
    ['A', first],
    ['B', first],
    ['A', second],
    ['B', second],
    ['C', second],
  ] as const) {
    const [id = 0] = await classOf(1, class_name, stays({ class_name, from: '2020-09-01' }));
    const assessment = await assess(class_name, { term: of });
    await enter(assessment, { [id]: 10 });
    if (class_name === 'A') assessments.push(assessment);
  }
});

/** What happens to a student, each on some day after the one before. */
type Happening = {
  readonly what: 'moves' | 'leaves' | 'returns' | 'is deleted' | 'is renamed';
  readonly to: string;
  readonly days: number;
};

const happenings = fc.array(
  fc.record({
    what: fc.constantFrom('moves', 'moves', 'leaves', 'returns', 'is deleted', 'is renamed'),
    to: fc.constantFrom(...CLASSES),
    days: fc.integer({ min: 1, max: 90 }),
  }) as fc.Arbitrary<Happening>,
  { minLength: 1, maxLength: 6 },
);

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 24 * 3600 * 1000).toISOString().slice(0, 10);

type Message = Parameters<typeof deliver>[1][number];

/** What registration tells of a history, from the first message on, each of a version of its own. */
function messagesOf(id: number, history: readonly Happening[]): Message[] {
  let lines: Stay[] = [{ class_name: 'A', from: '2020-09-01' }];
  let [day, name, isGone] = ['2020-09-01', `Élève ${id}`, false];
  const messages: Message[] = [];
  const tellOf = (type: string, data: object) =>
    messages.push(told(type, { id, version: messages.length + 1, ...data }));
  tellOf('campus.student.notified', { name, ...stays(...lines) });
  for (const { what, to, days } of history) {
    day = dayAfter(day, days);
    const [last, isOpen] = [lines.at(-1), lines.at(-1)?.to === undefined];
    if (what === 'is deleted') {
      tellOf(isGone ? 'campus.student.restored' : 'campus.student.deleted', isGone ? { name, ...stays(...lines) } : {});
      isGone = !isGone;
      continue;
    }
    if (isGone) continue;
    if (what === 'is renamed') name = `${name}+`;
    if (what === 'moves' && isOpen && last?.class_name !== to)
      lines = [...lines.slice(0, -1), { ...(last as Stay), to: dayAfter(day, -1) }, { class_name: to, from: day }];
    if (what === 'leaves' && isOpen) lines = [...lines.slice(0, -1), { ...(last as Stay), to: day }];
    if (what === 'returns' && !isOpen) lines = [...lines, { class_name: to, from: dayAfter(day, 1) }];
    tellOf('campus.student.changed', { name, ...stays(...lines) });
  }
  return messages;
}

/** As JSON, the same whatever order attributes are in. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).toSorted()) : one,
  );

/** A student's number where it is one, and no digits of something drawn by lot. */
const numberOf = (id: number): RegExp => new RegExp(`(?<![\\da-f])${id}(?![\\da-f])`, 'g');

/** Whether nothing stands on a sheet: it says as much as none. */
const isBlank = (sheet: object): boolean =>
  Object.keys(sheet).every((name) => ['pk', 'sk', 'seal', 'student_id', FORMAT].includes(name));

/** Everything that is known of a student anywhere, without what counts writes and what tells the time. */
async function stateOf(id: number): Promise<string> {
  const items = await everything(table);
  const own = items.filter(({ pk }) => pk === `STUDENT#${id}` || String(pk).startsWith('FORMER#'));
  const shown = own.flatMap(({ pk, sk, name, status, enrolments, was, student_id, deleted_at, version }) =>
    (pk === `STUDENT#${id}` && sk === 'PROFILE') || student_id === id
      ? [[pk, sk, name, status, enrolments, deleted_at !== undefined || was, deleted_at !== undefined, version]]
      : [],
  );
  const seats = items.flatMap(({ pk, sk, members }) => {
    const member = (members as Record<string, unknown> | undefined)?.[id];
    return member ? [[pk, sk, member]] : [];
  });
  const sheets = items.filter((item) => new RegExp(`#3S#${id}$`).test(item.sk) && !isBlank(item));
  return JSON.stringify(
    [shown, seats, sheets.map(({ pk, sk }) => [pk, sk])].map((some) => some.map(inOrder).toSorted()),
  ).replaceAll(numberOf(id), '<id>');
}

/** What families and staff read of them: the same results, wherever they lie. */
async function readOf(id: number): Promise<unknown[]> {
  const reports = await Promise.all([first, second].map((term) => ask(`GET /grades/${id}?term=${term}`)));
  return reports.map(({ status, body: { class_name, general, rank, size, results } }) => [
    status,
    class_name,
    general,
    rank,
    size,
    results?.map(({ score }: { score: number }) => score),
  ]);
}

test('whatever happens to a student, and in whatever order and how often it is told, they end where the newest says', async () => {
  const order = fc.array(fc.nat(), { minLength: 14, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(happenings, order, fc.boolean(), async (history, lots, isMarked) => {
      const seen: unknown[] = [];
      for (const isShuffled of [false, true]) {
        const [id = 0] = newStudents(1);
        const messages = messagesOf(id, history);
        const [begin] = messages;
        // Marks come in between the first message and the others, as they do.
        expect(await deliver(consumer, begin ? [begin] : [])).toEqual([]);
        if (isMarked) for (const one of assessments) await enter(one, { [id]: 15 });
        const doubled = [...messages, ...messages].map((message, i) => ({ message, lot: lots[i % lots.length] ?? 0 }));
        const sent = isShuffled ? doubled.toSorted((a, b) => a.lot - b.lot).map(({ message }) => message) : messages;
        for (const message of sent) expect(await deliver(consumer, [message])).toEqual([]);
        // The next student must find as many in their classes.
        seen.push([await stateOf(id), await readOf(id)]);
        await deliver(consumer, [told('campus.student.deleted', { id, version: 99 })]);
      }
      expect(seen[1]).toEqual(seen[0]);
    }),
    { numRuns: Number(process.env.HISTORIES ?? 15), endOnFailure: true },
  );
}, 300_000);
