import { expect, test } from '@jest/globals';
import { Flag } from './flag.ts';

test.each(['true', 'True', 'TRUE', 'tRuE'])('%s is true', (text) => expect(Flag.parse(text)).toBe(true));
test.each(['false', 'False', 'FALSE'])('%s is false', (text) => expect(Flag.parse(text)).toBe(false));
test.each(['1', 'yes', '', ' true', 'truefalse', 'null'])('%j is neither', (text) =>
  expect(Flag.safeParse(text).success).toBe(false),
);
