import { expect, test } from '@jest/globals';
import { isOverload } from './conflicts.ts';

const failed = (code: string): Error => Object.assign(new Error(`connect ${code} 127.0.0.1:8000`), { code });

test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND'])(
  'a DynamoDB that cannot be reached (%s) is to be tried again',
  (code) => {
    expect(isOverload(failed(code))).toBe(true);
  },
);

test('what fails for want of a file or a right is none of its doing', () => {
  for (const code of ['ENOENT', 'EACCES', undefined]) expect(isOverload(failed(String(code)))).toBe(false);
  expect(isOverload('ECONNREFUSED')).toBe(false);
});
