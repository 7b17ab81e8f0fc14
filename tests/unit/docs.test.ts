import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MOVES } from '../../functions/orders/ordering/order-states.ts';
import { allProblems } from '../../platform/base/problem.ts';
import { readContexts } from '../../project/contexts.ts';
import { projectRoot, textOf } from '../../project/root.ts';
import { type EventPart, eventsOf } from '../../tools/docs/events.ts';
import { remediesInFrench } from '../../tools/docs/remedies.fr.ts';
import { remedies } from '../../tools/docs/remedies.ts';
import { pages } from '../../tools/docs.ts';

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

test('every decision is in the index of decisions', () => {
  const records = readdirSync(join(projectRoot, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(records.filter((name) => !textOf('docs/decisions/README.md').includes(`](${name})`))).toEqual([]);
});

test('every problem has a cause and a remedy in both languages (tools/docs/remedies.ts, remedies.fr.ts), and none is of a problem that is gone', async () => {
  await pages();
  expect(Object.keys(remedies).sort()).toEqual([...allProblems.keys()].sort());
  expect(Object.keys(remediesInFrench).sort()).toEqual([...allProblems.keys()].sort());
});

test('every event that a context tells is heard by one, and the other way round', async () => {
  const events = await eventsOf(readContexts());
  const typesOf = (wanted: EventPart['part']) =>
    new Set(events.filter(({ part }) => part === wanted).map(({ type }) => type));
  expect(typesOf('tells').size).toBeGreaterThan(0);
  expect(typesOf('tells')).toEqual(typesOf('hears'));
});

/** The pages that people read. */
const written = (): string[] => [
  ...markdown('docs'),
  ...readdirSync(projectRoot).filter((name) => name.endsWith('.md')),
];

test('no page shows a back-tick where it means code', () => {
  expect(written().filter((file) => textOf(file).includes('\\`'))).toEqual([]);
});

test('every link between the pages leads somewhere', () => {
  const broken = written().flatMap((file) =>
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
