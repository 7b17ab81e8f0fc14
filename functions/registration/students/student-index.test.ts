import { describe, expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import { ALPHABETS, beginningsOf, namesIn } from '../../../tests/support/names.ts';
import { Filters, type Student } from './student.ts';
import { INDEXES, passes, searchFor, studentItem } from './student-index.ts';

const student: Student = {
  id: 7,
  name: 'Awa Ba',
  first_name: 'Awa',
  last_name: 'Ba',
  class_name: 'L2',
  paid: false,
  notified: false,
  registered_at: '2026-11-20T08:00:00.000Z',
  version: 1,
};

const keysOf = (item: Record<string, unknown>) => Object.values(INDEXES).map(({ sort }) => item[sort]);

test('index keys fit what DynamoDB takes, whatever a legal name folds into', () => {
  const endless = '\ufdfa'.repeat(100);
  const owing = { ...student, balance: 5 };
  const item = studentItem({ ...owing, first_name: endless, last_name: endless, class_name: endless });
  for (const key of keysOf(item)) expect(Buffer.byteLength(key as string)).toBeLessThanOrEqual(1024);
  expect(Buffer.byteLength(item.class_key as string)).toBeLessThanOrEqual(2048);
});

test('a student without a class is in no class, whatever they were read with', () => {
  const { class_name, ...rest } = studentItem(student) as unknown as Student;
  const item = studentItem(rest);
  expect(item).not.toHaveProperty('class_key');
  expect(item).not.toHaveProperty('class_place');
  expect(item).toHaveProperty('last_key', 'ba\tawa\t0000000000000007');
});

test('a single name is both, a name of accents alone is neither', () => {
  const { first_name, ...single } = student;
  expect(studentItem(single)).toMatchObject({ first_key: 'ba\tba\t0000000000000007', first_initial: 'NAME#b' });
  const item = studentItem({ ...single, last_name: '\u0301' });
  for (const key of ['first_key', 'last_key']) expect(item).not.toHaveProperty(key);
});

describe.each(Object.entries(ALPHABETS))('a student whose name is in %s', (_, alphabet) => {
  test('is where each beginning of it is looked for', () => {
    fc.assert(
      fc.property(namesIn(alphabet), namesIn(alphabet), fc.nat(), (first_name, last_name, length) => {
        const item: Record<string, unknown> = studentItem({ ...student, first_name, last_name });
        const typed = beginningsOf(last_name);
        const beginning = typed[length % typed.length];
        for (const sent of [{ last_name }, { first_name }, { last_name: beginning }, { class_name: 'l2', last_name }]) {
          const { success, data: filters } = Filters.safeParse(sent);
          if (!success) continue;
          const { partition, sort } = searchFor(filters);
          expect([sent, item[partition[0]]]).toEqual([sent, partition[1]]);
          expect([sent, String(item[sort?.[0] ?? '']).startsWith(sort?.[2] ?? '')]).toEqual([sent, true]);
          expect([sent, passes(item as unknown as Student, filters)]).toEqual([sent, true]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
