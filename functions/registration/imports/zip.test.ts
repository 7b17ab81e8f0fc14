import { expect, test } from '@jest/globals';
import { bomb, lying } from '../../../tests/files/workbooks.ts';
import { inspected } from './zip.ts';

const MB = 1024 * 1024;

const refused = expect.objectContaining({ code: 'too_large_unpacked' });

test('what is in an archive is named, as far as all of it together is not too much', async () => {
  const archive = await bomb(3, 1);
  expect(inspected(archive, 4 * MB)).toEqual(expect.arrayContaining(['xl/media/0.bin', 'xl/media/2.bin']));
  expect(() => inspected(archive, 2 * MB)).toThrow(refused);
});

test('what an archive says of its sizes counts for nothing', async () => {
  const archive = lying(await bomb(1, 2), 2);
  expect(archive.equals(await bomb(1, 2))).toBe(false);
  expect(() => inspected(archive, MB)).toThrow(refused);
});
