import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { behaveAs, type Councils, yearTerm } from '../../../tests/support/councils.ts';
import { received } from '../../../tests/support/messages.ts';
import { type PeerStub, startPeer } from '../../../tests/support/peer.ts';
import { at, classOf, dryRun, newClass, ROLLS_AT, rollOver, stays, told } from '../../../tests/support/school-year.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as studentHandler } from '../students.ts';
import type { Passage } from './rollover.ts';

let grades: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  grades = await startPeer();
});
afterAll(() => grades.stop());

const councils = (known: Partial<Councils> = {}) => behaveAs(grades, { terms: [yearTerm('2025-2026')], ...known });

beforeEach(() => {
  at(ROLLS_AT);
  councils();
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('a class goes up: everybody ends the year that is left and begins the next one, today, and grades hears of it', async () => {
  const [from, to] = [newClass(), newClass()];
  const [a = 0, b = 0] = await classOf(2, from);
  await call(studentHandler, `POST /notify_grades/${a}`, { as: admin });
  await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '');
  const { status, body } = await rollOver({ moves: [{ class_name: from, to }] });
  expect([status, body.complete, body.dry_run, body.counts]).toEqual([
    ...[200, true, false, { promoted: 2, repeats: 0, conditional: 0, leaves: 0 }],
  ]);
  expect(told(body.students)).toEqual([
    [a, 'promoted', to, 'move', true],
    [b, 'promoted', to, 'move', true],
  ]);
  expect((await read(a)).body).toMatchObject({
    class_name: to,
    enrolments: [
      { year: '2025-2026', class_name: from, from: '2025-10-01', to: '2026-08-31', outcome: 'promoted' },
      { year: '2026-2027', class_name: to, from: '2026-09-01', repeats: false },
    ],
  });
  const events = await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '');
  expect(events.map(({ type, data }) => [type, (data as { class_name: string }).class_name])).toEqual([
    ['campus.student.changed', to],
  ]);
});

test('the dry run answers the list of the real run, and changes nothing', async () => {
  const [from, to] = [newClass(), newClass()];
  const [a = 0, b = 0, c = 0, d = 0] = await classOf(4, from);
  const sheet = [
    { student_id: a, decision: 'repeats', remark: 'Doit mieux faire' },
    { student_id: b, decision: 'conditional' },
    { student_id: c, decision: 'leaves' },
    { student_id: d },
  ];
  councils({ sheets: { [from]: sheet } });
  const body = { moves: [{ class_name: from, to }] };
  const before = await read(a);
  const foreseen = await dryRun(body);
  expect(told(foreseen.body.students)).toEqual([
    [a, 'repeats', from, 'decision', false],
    [b, 'conditional', to, 'decision', false],
    [c, 'leaves', undefined, 'decision', false],
    [d, 'promoted', to, 'move', false],
  ]);
  expect((await read(a)).body).toEqual(before.body);
  const done = await rollOver(body);
  expect(done.body).toEqual({
    ...{ ...foreseen.body, dry_run: false, complete: true },
    students: foreseen.body.students.map((one: Passage) => ({ ...one, done: true })),
  });
  expect(await Promise.all([a, b, c, d].map(stays))).toEqual([
    [`2025-2026 ${from} repeats`, `2026-2027 ${from} repeats`],
    [`2025-2026 ${from} conditional`, `2026-2027 ${to}`],
    [`2025-2026 ${from} leaves`],
    [`2025-2026 ${from} promoted`, `2026-2027 ${to}`],
  ]);
  expect((await read(c)).body).toMatchObject({
    ...{ status: 'left', left_on: '2026-09-01', left_reason: 'Fin de l’année scolaire 2025-2026' },
  });
});

test('what is said of a student comes before what the council decided, and the council before the move', async () => {
  const [from, to, other] = [newClass(), newClass(), newClass()];
  const [a = 0, b = 0, c = 0, d = 0] = await classOf(4, from);
  councils({ sheets: { [from]: [a, b, c].map((student_id) => ({ student_id, decision: 'repeats' })) } });
  const said = [
    { id: a, outcome: 'promoted' },
    { id: b, outcome: 'promoted', class_name: other },
    { id: d, outcome: 'leaves' },
  ];
  const { body } = await rollOver({ moves: [{ class_name: from, to }], students: said });
  expect(told(body.students)).toEqual([
    [a, 'promoted', to, 'said', true],
    [b, 'promoted', other, 'said', true],
    [c, 'repeats', from, 'decision', true],
    [d, 'leaves', undefined, 'said', true],
  ]);
});

test('a class that ends the school leaves it, but for those who repeat', async () => {
  const last = newClass();
  const [a = 0, b = 0, c = 0] = await classOf(3, last);
  const sheet = [
    { student_id: a, decision: 'repeats' },
    { student_id: b, decision: 'promoted' },
  ];
  councils({ sheets: { [last]: sheet } });
  const { body } = await rollOver({ moves: [{ class_name: last, to: null }] });
  expect(told(body.students)).toEqual([
    [a, 'repeats', last, 'decision', true],
    [b, 'promoted', undefined, 'decision', true],
    [c, 'leaves', undefined, 'move', true],
  ]);
  for (const id of [b, c]) expect((await read(id)).body.status).toBe('left');
});

test('again, it changes nothing twice, and answers the same of those who are still here', async () => {
  const [from, to] = [newClass(), newClass()];
  const [a = 0, b = 0, gone = 0] = await classOf(3, from);
  const students = [
    { id: b, outcome: 'repeats' },
    { id: gone, outcome: 'leaves' },
  ];
  const body = { moves: [{ class_name: from, to }], students };
  await rollOver(body);
  const before = await Promise.all([a, b, gone].map(read));
  at('2026-09-15T08:00:00Z');
  const again = await rollOver(body);
  expect(told(again.body.students)).toEqual([
    [a, 'promoted', to, 'done', true],
    [b, 'repeats', from, 'done', true],
    [gone, 'leaves', undefined, 'left', true],
  ]);
  expect(again.body).toMatchObject({ complete: true, counts: { promoted: 1, repeats: 1, leaves: 1 } });
  expect((await Promise.all([a, b, gone].map(read))).map(({ headers }) => headers.ETag)).toEqual(
    before.map(({ headers }) => headers.ETag),
  );
});

test('a class without a move stays as it is and is told; so does whoever is in the next year already, or waits', async () => {
  const [from, to, forgotten] = [newClass(), newClass(), newClass()];
  await classOf(1, from);
  const [left = 0] = await classOf(2, forgotten);
  const { body: asked } = await call(studentHandler, 'POST /register', {
    as: student('rolls.pending'),
    body: { name: 'Awa Ba', email: 'awa.rolls@campus.example', class_name: from },
  });
  const early = await registered({ class_name: to });
  const { body } = await rollOver({ moves: [{ class_name: from, to }] });
  expect(body.students).toHaveLength(1);
  expect(body.without_move).toContainEqual({ class_name: forgotten, students: 2 });
  expect(body.without_move).not.toContainEqual(expect.objectContaining({ class_name: to }));
  expect([await stays(left), await stays(asked.id), await stays(early)]).toEqual([
    ...[[`2025-2026 ${forgotten}`], [], [`2026-2027 ${to}`]],
  ]);
});

describe('a year that is not closed', () => {
  const open = (terms: readonly object[]) => councils({ terms });
  const half = { id: 'half', name: 'Semestre 2', parent: 'year-2025-2026', weight: 1, state: 'open' };

  test.each([
    ['its only calendar is open', [yearTerm('2025-2026', 'open'), half], 409],
    ['it is being closed', [yearTerm('2025-2026', 'closing')], 409],
    ['one of two calendars is open', [yearTerm('2025-2026'), yearTerm('2025-2026', 'open', { id: 'lycee' })], 409],
    ['there is one year without dates, open', [{ id: 'default', name: 'Année', state: 'open' }], 409],
    ['there is one year without dates, closed', [{ id: 'default', name: 'Année', state: 'closed' }], 200],
    ['another year is open', [yearTerm('2025-2026'), yearTerm('2026-2027', 'open')], 200],
    ['only other years have dates', [yearTerm('2024-2025', 'open'), yearTerm('2026-2027', 'open')], 200],
  ])('%s', async (_, terms, status) => {
    const [from, to] = [newClass(), newClass()];
    const [id = 0] = await classOf(1, from);
    open(terms);
    const body = { moves: [{ class_name: from, to }] };
    const foreseen = await dryRun(body);
    expect([foreseen.status, foreseen.body.open_terms.length > 0]).toEqual([200, status === 409]);
    const answer = await rollOver(body);
    expect(answer.status).toBe(status);
    if (status === 409) {
      expect(answer.body.code).toBe('year_not_closed');
      expect(await stays(id)).toEqual([`2025-2026 ${from}`]);
    }
  });
});

describe('bad input', () => {
  const refusals = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
    body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

  test.each([
    [{ to: '2027-2028' }, '#/to not_the_next_year'],
    [{ from: '2025-2027' }, '#/from no_school_year'],
    [{ from: 'x' }, '#/from invalid_format'],
    [
      {
        moves: [
          { class_name: '4e B', to: '3e B' },
          { class_name: '4eb', to: '3e C' },
        ],
      },
      '#/moves/1/class_name named_twice',
    ],
    [{ moves: [{ class_name: '4e B' }] }, '#/moves/0/to required'],
    [
      {
        students: [
          { id: 1, outcome: 'leaves' },
          { id: 1, outcome: 'repeats' },
        ],
      },
      '#/students/1/id named_twice',
    ],
    [{ students: [{ id: 1, outcome: 'gone' }] }, '#/students/0/outcome invalid_value'],
    [{ students: [{ id: 999_999, outcome: 'leaves' }] }, '#/students/0/id unknown_student'],
    [{ classes: [] }, '#/classes unknown_field'],
  ])('%j is refused', async (body, refusal) => {
    const answer = await rollOver(body);
    expect([answer.status, refusals(answer)]).toEqual([400, expect.arrayContaining([refusal])]);
  });

  test('somebody who waits, or who is to go up and nothing says where', async () => {
    const { body: pending } = await call(studentHandler, 'POST /register', {
      as: student('rolls.waits'),
      body: { name: 'Awa Ba', email: 'awa.waits@campus.example' },
    });
    const [id = 0] = await classOf(1, newClass());
    const named = (one: object) => rollOver({ students: [one] });
    expect(refusals(await named({ id: pending.id, outcome: 'leaves' }))).toEqual(['#/students/0/id not_enrolled']);
    expect(refusals(await named({ id, outcome: 'promoted' }))).toEqual(['#/students/0/class_name required']);
    expect((await named({ id, outcome: 'repeats' })).status).toBe(200);
  });

  test('it is for an admin', async () => {
    for (const as of [teacher, student(), guardian()]) expect((await rollOver({}, '', as)).status).toBe(403);
  });
});

test('where several calendars run side by side, the year of the classes that move must be closed, and no other', async () => {
  const [from, to] = [newClass(), newClass()];
  const [id = 0] = await classOf(1, from);
  const terms = [
    yearTerm('2025-2026', 'closed', { id: 'college' }),
    yearTerm('2025-2026', 'open', { id: 'lycee', name: 'Lycée' }),
  ];
  councils({ terms, taught: { college: [from.toUpperCase()], lycee: ['Terminale S1'] } });
  expect((await rollOver({ moves: [{ class_name: from, to }] })).status).toBe(200);
  expect(await stays(id)).toHaveLength(2);
  const [last, next] = [newClass(), newClass()];
  await classOf(1, last);
  councils({ terms, taught: { college: [from], lycee: [last] } });
  expect((await rollOver({ moves: [{ class_name: last, to: next }] })).body.code).toBe('year_not_closed');
  councils({ terms, taught: {} });
  expect((await rollOver({ moves: [{ class_name: last, to: next }] })).body.code).toBe('year_not_closed');
});
