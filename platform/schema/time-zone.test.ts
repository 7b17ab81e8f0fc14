import { expect, test } from '@jest/globals';
import { refusalsOf } from '../../tests/support/refusals.ts';
import { TimeZone } from './time-zone.ts';

test.each([
  ['Africa/Dakar', 'Africa/Dakar'],
  [' europe/paris ', 'Europe/Paris'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Port-au-Prince', 'America/Port-au-Prince'],
  ['UTC', 'UTC'],
])('%j is %s', (typed, name) => {
  expect(TimeZone.parse(typed)).toBe(name);
});

test.each(['', '+01:00', 'Paris', 'Africa/Dakar\0', 'Africa//Dakar', '../etc', 'GMT+1'])('%j is none', (typed) => {
  expect(refusalsOf(TimeZone, typed)).toEqual([
    '# unknown_time_zone: Fuseau horaire inconnu ; écrivez-le comme Africa/Dakar (base IANA) | Unknown time zone; write it like Africa/Dakar (IANA database)',
  ]);
});
