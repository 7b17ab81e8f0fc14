import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { dayIn } from '../../platform/base/day.ts';
import { deliver, told } from '../../tests/support/deliver.ts';
import { ask, asked, newStudents, tell } from '../../tests/support/school.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as consumer } from './on-student-event.ts';
import { school } from './school-store.ts';

beforeAll(async () => {
  await createContext('grades');
});

afterEach(() => {
  jest.restoreAllMocks();
});

const isNow = (instant: string) => jest.spyOn(clock, 'now').mockReturnValue(Date.parse(instant));

const changed = (version: number, more: Readonly<Record<string, unknown>> = {}) =>
  told('campus.school.changed', { name: 'Lycée Blaise Diagne', time_zone: 'UTC', version, ...more });

test.each([
  ['UTC', '2026-10-24T23:30:00Z', '2026-10-24'],
  ['Africa/Dakar', '2026-10-24T23:30:00Z', '2026-10-24'],
  ['Indian/Antananarivo', '2026-10-24T20:59:59Z', '2026-10-24'],
  ['Indian/Antananarivo', '2026-10-24T21:00:00Z', '2026-10-25'],
  ['Europe/Paris', '2026-07-31T22:30:00Z', '2026-08-01'],
  ['Europe/Paris', '2026-12-31T22:30:00Z', '2026-12-31'],
  ['Europe/Paris', '2026-10-24T22:30:00Z', '2026-10-25'],
  ['Europe/Paris', '2026-10-25T22:30:00Z', '2026-10-25'],
  ['America/Martinique', '2026-10-25T03:59:59Z', '2026-10-24'],
])('in %s at %s it is %s', (zone, instant, day) => {
  expect(dayIn(zone, Date.parse(instant))).toBe(day);
});

describe('the school', () => {
  test('is called Campus, in UTC, until registration tells of it; an older message changes nothing', async () => {
    expect(await school()).toEqual({ name: 'Campus', time_zone: 'UTC' });
    const newest = changed(3, { motto: 'Savoir', head_name: 'M. Sow', invented_later: true });
    expect(await deliver(consumer, [newest, changed(2, { name: 'Before' }), newest])).toEqual([]);
    expect(await school()).toEqual({
      name: 'Lycée Blaise Diagne',
      time_zone: 'UTC',
      motto: 'Savoir',
      head_name: 'M. Sow',
    });
  });

  test('is not taken over in a time zone in which no day can be told', async () => {
    expect(await deliver(consumer, [changed(9, { time_zone: 'Atlantis/Centre' })])).toEqual([0]);
  });
});

describe('a day', () => {
  const term = async (name: string, starts_on: string, ends_on: string): Promise<string> =>
    (await asked('POST /terms', { name, starts_on, ends_on })).id;
  let [first, second] = ['', ''];

  beforeAll(async () => {
    [first, second] = [await term('T1', '2026-09-01', '2026-12-31'), await term('T2', '2027-01-01', '2027-03-31')];
  });

  beforeEach(async () => {
    expect(await deliver(consumer, [changed(Date.now(), { time_zone: 'Indian/Antananarivo' })])).toEqual([]);
  });

  test('begins where the school lies: a mark of 23:30 in UTC stands in the term that has begun there', async () => {
    const [id = 0] = newStudents(1);
    isNow('2026-12-31T20:30:00Z');
    await tell(id, 1);
    await asked(`POST /add_grade/${id}`, { grade: 8 });
    // The place is remembered by now; it was one of another day.
    isNow('2026-12-31T23:30:00Z');
    await asked(`POST /add_grade/${id}`, { grade: 16 });
    expect((await asked(`GET /grades/${id}?term=${first}`)).general).toBe(8);
    expect((await asked(`GET /grades/${id}?term=${second}`)).general).toBe(16);
    expect((await asked(`GET /grades/${id}`)).term.id).toBe(second);
  });

  test('is another as soon as the school lies elsewhere', async () => {
    const [id = 0] = newStudents(1);
    isNow('2026-12-31T23:30:00Z');
    await tell(id, 1);
    expect((await asked(`GET /grades/${id}`)).term.id).toBe(second);
    jest.restoreAllMocks();
    await deliver(consumer, [changed(Date.now() + 1, { time_zone: 'America/Martinique' })]);
    isNow('2026-12-31T23:30:00Z');
    expect((await asked(`GET /grades/${id}`)).term.id).toBe(first);
    expect((await ask(`POST /add_grade/${id}`, { grade: 5 })).status).toBe(200);
    expect((await asked(`GET /grades/${id}?term=${first}`)).general).toBe(5);
  });
});
