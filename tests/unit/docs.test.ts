import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MOVES } from '../../functions/orders/order-states.ts';
import { projectRoot } from '../../localstack/settings.ts';
import { allProblems } from '../../platform/http/problem.ts';
import { remedies } from '../../tools/docs/remedies.ts';
import { pages } from '../../tools/docs.ts';
import { textOf } from '../support/project.ts';

const markdown = (folder: string): string[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

test('the pages made from the code are what the code says: npm run docs', async () => {
  const made = await pages();
  for (const [path, text] of made) expect([path, existsSync(path) ? textOf(path) : undefined]).toEqual([path, text]);
  const stray = [...markdown('docs/problems'), ...markdown('docs/contexts')].filter((path) => !made.has(path));
  expect(stray).toEqual([]);
});

test('every problem has a cause and a remedy, and none is of a problem that is gone', async () => {
  await pages();
  expect(Object.keys(remedies).sort()).toEqual([...allProblems.keys()].sort());
});

test('every link between the pages leads somewhere', () => {
  const files = [...markdown('docs'), ...readdirSync(projectRoot).filter((name) => name.endsWith('.md'))];
  const broken = files.flatMap((file) =>
    [...textOf(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(projectRoot, dirname(file), target)))
      .map((target) => `${file} → ${target}`),
  );
  expect(broken).toEqual([]);
});

test('the life of an order is drawn as it is', () => {
  const drawn = [...textOf('docs/architecture.md').matchAll(/^ {2}(\w+) --> (\w+)/gm)]
    .map(([, from, to]) => `${from} ${to}`)
    .filter((move) => move.split(' ').every((state) => state in MOVES));
  const moves = Object.entries(MOVES).flatMap(([from, targets]) => targets.map((to) => `${from} ${to}`));
  expect(drawn.sort()).toEqual(moves.sort());
});

/** What of a README does not depend on its language: the levels of its headings, its commands, its links. */
function skeletonOf(file: string) {
  const text = textOf(file);
  const fences = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)];
  const scripts = fences
    .filter(([, language]) => language)
    .map(([, , code = '']) => code.replaceAll(/(?:^| +)# .*$/gm, ''));
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map(([, level]) => level),
    scripts,
    commands: [...prose.matchAll(/^\| (`.*?`) +\|/gm)].map(([, commands]) => commands),
    files: fences.filter(([, language]) => !language).map(([, , map = '']) => map.match(/^ *\S+/gm)),
    links: [...prose.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^README/.test(target ?? '')),
  };
}

test('the French README says the same as the English one, as far as a program can tell', () => {
  expect(skeletonOf('README.fr.md')).toEqual(skeletonOf('README.md'));
});

test('every command in the READMEs exists', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = [...textOf('README.md').matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    ([, run, own]) => run ?? own ?? '',
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
