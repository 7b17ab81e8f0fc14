import { expect, test } from '@jest/globals';
import { allProblems } from '../../platform/base/problem.ts';
import { readContexts } from '../../project/contexts.ts';
import { operationsOf } from '../support/project.ts';

/** Every text of every problem that any Lambda can answer, by the problem's code and where it stands there. */
async function texts(): Promise<[where: string, text: unknown][]> {
  await Promise.all(readContexts().flatMap(({ lambdas }) => lambdas.map(operationsOf)));
  return [...allProblems].flatMap(([code, { title, detail = title }]) =>
    Object.entries({ title, detail }).flatMap(([part, text]) =>
      (['fr', 'en'] as const).map((language): [string, unknown] => [`${code} ${part} ${language}`, text[language]]),
    ),
  );
}

test('every problem has something to read, in French and in English', async () => {
  const all = await texts();
  expect(all.length).toBeGreaterThan(200);
  // A title is a few words, a detail a sentence or more.
  const silent = all.filter(([, text]) => typeof text !== 'string' || !/^\p{Lu}.*\p{L}.*[\p{L}.)]$/su.test(text));
  expect(silent).toEqual([]);
});
