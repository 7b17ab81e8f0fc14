import { expect, test } from '@jest/globals';
import type { Student } from './student.ts';
import { INDEXES, studentItem } from './student-item.ts';

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
  const item = studentItem({ ...student, first_name: endless, last_name: endless, class_name: endless });
  for (const key of keysOf(item)) expect(Buffer.byteLength(key as string)).toBeLessThanOrEqual(1024);
  expect(Buffer.byteLength(item.class_key as string)).toBeLessThanOrEqual(2048);
});

test('a student without a class or a first name is in neither index, whatever they were read with', () => {
  const { first_name, class_name, ...rest } = studentItem(student) as unknown as Student;
  const item = studentItem(rest);
  expect(item).not.toHaveProperty('class_key');
  expect(item).not.toHaveProperty('class_place');
  expect(item).not.toHaveProperty('first_key');
  expect(item).toHaveProperty('last_key', 'ba#0000000000000007');
});
