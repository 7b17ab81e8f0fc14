import { expect, test } from '@jest/globals';
import { showProgress } from './progress.ts';

function shown(isTTY: boolean): string[] {
  const written: string[] = [];
  const progress = showProgress({ isTTY, write: (text) => written.push(text) }, 'Starting …');
  progress.end();
  progress[Symbol.dispose]();
  return written;
}

test('a terminal sees that the start is under way, and nothing of it afterwards', () => {
  expect(shown(true)).toEqual(['Starting …', '\r\u001b[2K']);
});

test('a file or a pipe gets no line that cannot be taken back', () => {
  expect(shown(false)).toEqual([]);
});
