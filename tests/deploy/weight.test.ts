import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MOST_KB } from '../../bench/limits.ts';
import { readContexts } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';

interface Size {
  readonly bundle: number;
}

/** What the packaging wrote of each function, in KB. */
const weights = (): [name: string, kb: number][] => {
  const sizes = JSON.parse(readFileSync(join(projectRoot, '.build/functions/sizes.json'), 'utf8')) as Record<
    string,
    Size
  >;
  return Object.entries(sizes).map(([name, { bundle }]) => [name, bundle / 1024]);
};

test('no function loads more at its start than bench/limits.ts grants it', () => {
  expect(weights().filter(([name, kb]) => !(kb <= (MOST_KB[name] ?? 0)))).toEqual([]);
});

test('no limit is so wide that a gain could be lost unseen', () => {
  expect(weights().filter(([name, kb]) => kb < (MOST_KB[name] ?? 0) - 15)).toEqual([]);
});

test('every function has a limit, and none is of a function that is gone', () => {
  const declared = readContexts().flatMap(({ lambdas }) => lambdas.map(({ name }) => name));
  // Packaging adds what answers browsers of other sites before they ask, and what keeps the audit trail.
  expect(Object.keys(MOST_KB).sort()).toEqual([...declared, 'preflight', 'keepAudit'].sort());
});
