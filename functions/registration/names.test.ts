import { expect, test } from '@jest/globals';
import { namesOf } from './names.ts';

test.each([
  [{ name: 'Fatou Diop' }, 'Fatou', 'Diop', 'Fatou Diop'],
  [{ name: '  Jean   de La Fontaine ' }, 'Jean de La', 'Fontaine', 'Jean de La Fontaine'],
  [{ name: 'Madonna' }, undefined, 'Madonna', 'Madonna'],
  [{ name: 'Jean de La Fontaine', last_name: 'de La Fontaine' }, 'Jean', 'de La Fontaine', 'Jean de La Fontaine'],
  [{ name: 'Fatou Binetou Diop', first_name: 'Fatou' }, 'Fatou', 'Binetou Diop', 'Fatou Binetou Diop'],
  [{ name: 'DIOP Fatou', first_name: 'Fatou', last_name: 'Diop' }, 'Fatou', 'Diop', 'Fatou Diop'],
  [{ first_name: 'Fatou', last_name: 'Diop' }, 'Fatou', 'Diop', 'Fatou Diop'],
  [{ last_name: 'Diop' }, undefined, 'Diop', 'Diop'],
])('%j: a name is always first and last name, and nothing of it is lost', (given, first_name, last_name, name) => {
  expect(namesOf(given)).toEqual({ name, first_name, last_name });
});

test('nothing that names a person is no name', () => {
  expect(namesOf({})).toBeUndefined();
});
