import { describe, expect, test } from '@jest/globals';
import { instantOf, localTime } from './local-time.ts';

const ZONES = ['UTC', 'Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe'];
const FIVE_HOURS_MS = 5 * 3_600_000;

describe('the clocks of a zone', () => {
  test.each([
    ['Africa/Dakar', '2026-07-01T08:30:59.999Z', '2026-07-01T08:30'],
    ['Europe/Paris', '2026-07-01T22:30:00.000Z', '2026-07-02T00:30'],
    ['Europe/Paris', '2026-12-31T23:00:00.000Z', '2027-01-01T00:00'],
    ['Asia/Kathmandu', '2026-11-26T00:00:00.000Z', '2026-11-26T05:45'],
    ['America/St_Johns', '2026-01-01T00:00:00.000Z', '2025-12-31T20:30'],
  ])('in %s show at %s %s', (zone, at, shown) => {
    expect(localTime(zone, at)).toBe(shown);
    expect(localTime(zone, Date.parse(at))).toBe(shown);
  });

  test.each(ZONES)('in %s, times of a year lead back to their instants, but for one that is shown twice', (zone) => {
    const twice: number[] = [];
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += FIVE_HOURS_MS) {
      const shown = localTime(zone, at);
      const back = Date.parse(instantOf(zone, shown) ?? '');
      expect(localTime(zone, back)).toBe(shown);
      if (back !== at) twice.push(back - at);
    }
    // One hour of the year at most, of which the first is meant.
    expect(twice.length).toBeLessThanOrEqual(1);
    for (const difference of twice) expect(difference).toBeLessThan(0);
  });
});

describe('a local time', () => {
  test.each([
    // Clocks go from 02:00 to 03:00 on 29 March, and from 03:00 back to 02:00 on 25 October.
    ['before the gap', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['in the gap: as much later as is skipped', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['at the end of the gap', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['before the fold', '2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['in the fold: the first time', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['after the fold', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('of Paris, %s: %s is %s', (_, text, at) => {
    expect(instantOf('Europe/Paris', text)).toBe(at);
  });

  test('on a day that a zone skipped is that much later', () => {
    expect(localTime('Pacific/Apia', instantOf('Pacific/Apia', '2011-12-30T12:00') ?? '')).toBe('2011-12-31T12:00');
  });

  test.each([
    '',
    '2026-11-26',
    '2026-02-30T08:00',
    '2026-11-26T24:00',
    '2026-11-26T08:60',
    '2026-11-26T08:30Z',
    '26-11-26T08:30',
  ])('is not %j', (text) => {
    expect(instantOf('Europe/Paris', text)).toBeUndefined();
  });
});
