import { describe, expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import { plusDays, schoolYear } from '../school/day.ts';
import type { Student } from '../students/student.ts';
import { isSameClass, openLine } from './enrolment.ts';
import { departed, placed, promoted, type Standing, unplaced } from './stays.ts';

const TODAY = '2026-11-26';

const yearOf = (day: string): string => schoolYear(day, '08-01');

const calendarOn = (today: string) => ({ today, yearOf });

const student = (standing: Standing = {}): Student => ({
  ...{ id: 7, name: 'Awa Ba', paid: false, notified: false, registered_at: '2026-09-01T08:00:00.000Z', version: 1 },
  ...{ status: 'enrolled', enrolments: [], ...standing },
});

/** A student who has been in a class since a day. */
const since = (from: string, class_name = '4e B'): Student =>
  student(placed(student(), class_name, from, calendarOn(TODAY)));

const lines = ({ enrolments = [] }: Standing): string[] =>
  enrolments.map(({ class_name, from, to = '' }) => `${class_name} ${from}–${to}`);

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    const { code, errors } = error as { code: string; errors?: readonly { pointer: string; code: string }[] };
    return errors ? errors.map((one) => `${one.pointer} ${one.code}`).join() : code;
  }
};

describe('a change of class', () => {
  test('ends the stay on the day before, and begins the next', () => {
    const moved = placed(since('2026-09-01'), '4e A', '2026-11-10', calendarOn(TODAY));
    expect(lines(moved)).toEqual(['4e B 2026-09-01–2026-11-09', '4e A 2026-11-10–']);
    expect(moved).toMatchObject({ class_name: '4e A', status: 'enrolled' });
  });

  test('is of today at the school, unless a day is said', () => {
    expect(lines(placed(since('2026-09-01'), '4e A', undefined, calendarOn(TODAY)))).toEqual([
      '4e B 2026-09-01–2026-11-25',
      '4e A 2026-11-26–',
    ]);
  });

  test('on the day on which the stay began replaces it', () => {
    const moved = student(placed(since('2026-09-01'), '4e A', '2026-11-10', calendarOn(TODAY)));
    expect(lines(placed(moved, '4e C', '2026-11-10', calendarOn(TODAY)))).toEqual([
      '4e B 2026-09-01–2026-11-09',
      '4e C 2026-11-10–',
    ]);
    expect(lines(placed(moved, '4e B', '2026-11-10', calendarOn(TODAY)))).toEqual(['4e B 2026-09-01–']);
  });

  test('into the class that they are in is no new stay, however it is spelt', () => {
    expect(lines(placed(since('2026-09-01'), '4eB', undefined, calendarOn(TODAY)))).toEqual(['4eB 2026-09-01–']);
  });

  test('of whom a day is said with it corrects when the stay began, with the school year of that day', () => {
    const began = placed(since('2026-11-26'), '4e B', '2026-07-15', calendarOn(TODAY));
    expect(began.enrolments).toEqual([{ year: '2025-2026', class_name: '4e B', from: '2026-07-15', repeats: false }]);
    const moved = student(placed(since('2026-09-01'), '4e A', '2026-11-10', calendarOn(TODAY)));
    expect(codeOf(() => placed(moved, '4e A', '2026-11-09', calendarOn(TODAY)))).toBe('#/from before_the_stay');
  });

  test.each([
    ['before the stay began', '2026-08-31', '#/from before_the_stay'],
    ['in the future', '2026-11-27', '#/from in_the_future'],
  ])('%s is refused', (_, from, code) => {
    expect(codeOf(() => placed(since('2026-09-01'), '4e A', from, calendarOn(TODAY)))).toBe(code);
  });

  test('keeps that they repeat within the year, and not beyond it', () => {
    const last = student(placed(student(), '4e B', '2026-02-01', calendarOn('2026-02-01')));
    const repeating = student(
      promoted(last, { year: '2026-2027', outcome: 'repeats', class_name: '4e B' }, 'x', calendarOn('2026-09-01')),
    );
    const moved = student(placed(repeating, '4e A', '2026-11-10', calendarOn(TODAY)));
    expect(moved.enrolments?.map(({ repeats }) => repeats)).toEqual([false, true, true]);
    expect(placed(moved, '3e A', '2027-09-01', calendarOn('2027-09-01')).enrolments?.at(-1)).toMatchObject({
      year: '2027-2028',
      repeats: false,
    });
  });

  test('is refused after a hundred of them', () => {
    let moving = since('2026-01-01', 'C0');
    for (let i = 1; i < 100; i += 1)
      moving = student(placed(moving, `C${i}`, plusDays('2026-01-01', i), calendarOn(TODAY)));
    expect(codeOf(() => placed(moving, 'C100', TODAY, calendarOn(TODAY)))).toBe('too_many_stays');
  });
});

describe('whoever leaves', () => {
  test('is gone from that day on, whatever class they were in', () => {
    const gone = departed(since('2026-09-01'), { on: '2026-11-20', reason: 'Exil' }, calendarOn(TODAY));
    expect(lines(gone)).toEqual(['4e B 2026-09-01–2026-11-19']);
    expect(gone).toMatchObject({ status: 'left', left_on: '2026-11-20', left_reason: 'Exil', class_name: undefined });
  });

  test('on the first day was never in that class', () => {
    expect(lines(departed(since(TODAY), { on: TODAY, reason: 'x' }, calendarOn(TODAY)))).toEqual([]);
  });

  test('comes back by a class, not before they left', () => {
    const gone = student(departed(since('2026-09-01'), { on: '2026-11-20', reason: 'x' }, calendarOn(TODAY)));
    const back = placed(gone, '4e A', undefined, calendarOn(TODAY));
    expect(lines(back)).toEqual(['4e B 2026-09-01–2026-11-19', '4e A 2026-11-26–']);
    expect(back).toMatchObject({ status: 'enrolled', left_on: undefined, left_reason: undefined });
    expect(codeOf(() => placed(gone, '4e A', '2026-11-19', calendarOn(TODAY)))).toBe('#/from before_the_stay');
    expect(lines(placed(gone, '4eB', '2026-11-20', calendarOn(TODAY)))).toEqual(['4e B 2026-09-01–']);
  });

  test.each([
    ['2026-08-31', '#/on before_the_stay'],
    ['2026-11-27', '#/on in_the_future'],
  ])('on %s is refused', (on, code) => {
    expect(codeOf(() => departed(since('2026-09-01'), { on, reason: 'x' }, calendarOn(TODAY)))).toBe(code);
  });
});

describe('the next school year', () => {
  const next = { year: '2026-2027', outcome: 'promoted', class_name: '3e B' } as const;

  test('ends the last stay with its outcome', () => {
    const last = student(placed(student(), '4e B', '2025-10-01', calendarOn('2025-10-01')));
    expect(promoted(last, next, 'x', calendarOn('2026-09-01')).enrolments).toEqual([
      {
        ...{ year: '2025-2026', class_name: '4e B', from: '2025-10-01', to: '2026-08-31' },
        ...{ repeats: false, outcome: 'promoted' },
      },
      { year: '2026-2027', class_name: '3e B', from: '2026-09-01', repeats: false },
    ]);
  });

  test('begins tomorrow for whoever began only today, so that no year loses its line; today may still put it right', () => {
    const rolled = student(promoted(since(TODAY), { ...next, year: '2027-2028' }, 'Fin de l’année', calendarOn(TODAY)));
    expect(lines(rolled)).toEqual(['4e B 2026-11-26–2026-11-26', '3e B 2026-11-27–']);
    expect(rolled.class_name).toBe('3e B');
    const corrected = placed(rolled, '3e A', undefined, calendarOn(TODAY));
    expect(lines(corrected)).toEqual(['4e B 2026-11-26–2026-11-26', '3e A 2026-11-27–']);
    expect(corrected.enrolments?.map(({ year }) => year)).toEqual(['2026-2027', '2027-2028']);
    expect(departed(rolled, { on: TODAY, reason: 'x' }, calendarOn(TODAY))).toMatchObject({ status: 'left' });
  });

  test('is of nobody who leaves', () => {
    const left = promoted(since('2026-09-01'), { ...next, outcome: 'leaves', class_name: undefined }, 'Fin', {
      ...calendarOn('2027-07-10'),
    });
    expect(left).toMatchObject({ status: 'left', left_on: '2027-07-10', left_reason: 'Fin', class_name: undefined });
    expect(left.enrolments?.at(-1)).toMatchObject({ to: '2027-07-09', outcome: 'leaves' });
  });

  test('does not go back when somebody changes class before the old one would have ended by the calendar', () => {
    const rolled = student(
      promoted(since('2026-09-01'), { ...next, year: '2027-2028' }, 'x', calendarOn('2027-07-10')),
    );
    const moved = placed(rolled, '3e A', '2027-07-20', calendarOn('2027-07-20'));
    expect(moved.enrolments?.map(({ year }) => year)).toEqual(['2026-2027', '2027-2028', '2027-2028']);
  });
});

test('whatever happens to a student, their stays follow one another, none overlaps, and their class is that of the open one', () => {
  const step = fc.record({
    days: fc.nat(40),
    act: fc.constantFrom('place', 'place', 'place', 'unplace', 'leave', 'promote'),
    back: fc.nat(45),
    said: fc.boolean(),
    class_name: fc.constantFrom('4e A', '4eA', '4e B', '3e A'),
  });
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
  const act = (one: Student, today: string, { act, back, said, class_name }: Step): Standing => {
    const calendar = calendarOn(today);
    const day = said ? plusDays(today, -back) : undefined;
    if (act === 'place') return placed(one, class_name, day, calendar);
    if (act === 'unplace') return unplaced(one, day, calendar);
    if (act === 'leave') return departed(one, { on: day ?? today, reason: 'x' }, calendar);
    const year = schoolYear(plusDays(today, 365), '08-01');
    return promoted(one, { year, outcome: 'promoted', class_name }, 'x', calendar);
  };
  let refused = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      let today = '2026-09-01';
      let one = student();
      for (const next of steps) {
        today = plusDays(today, next.days);
        const before = one;
        try {
          one = student(act(one, today, next));
        } catch (error) {
          refused += 1;
          expect((error as { code: string }).code).toBe('invalid_input');
          expect(one).toBe(before);
        }
        const all = one.enrolments ?? [];
        for (const [i, { from, to, year }] of all.entries()) {
          if (to !== undefined) expect(from <= to).toBe(true);
          const following = all[i + 1];
          if (!following) continue;
          expect(to !== undefined && to < following.from && year <= following.year).toBe(true);
          const touching = following.from === plusDays(to ?? '', 1) && following.year === year;
          expect(touching && isSameClass(following.class_name, all[i]?.class_name ?? '')).toBe(false);
        }
        expect(one.class_name).toBe(openLine(all)?.class_name);
        if (one.status === 'left') expect(one.class_name).toBeUndefined();
      }
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(0);
});
