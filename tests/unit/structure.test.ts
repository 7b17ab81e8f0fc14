import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../../localstack/settings.ts';
import { readContexts, routesOf } from '../../tools/contexts.ts';
import { operationsOf, sourceFiles, textOf } from '../support/project.ts';

const MOST_LINES = 300;

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const contextOf = (path: string): string => path.split('/')[1] ?? '';
const importsOf = (path: string): string[] =>
  [...textOf(path).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) => name);

describe('the house rules', () => {
  test('a context imports from itself and from the platform, never from another', () => {
    const strangers = sourceFiles('functions')
      .filter((path) => !isTest(path))
      .flatMap((path) => importsOf(path).map((name) => ({ path, name })))
      // A JSON file of the project is data, not another context's code.
      .filter(({ name }) => name.startsWith('..') && !name.endsWith('.json'))
      .filter(({ path, name }) => {
        const target = new URL(name, `file:///${path}`).pathname.slice(1);
        return !target.startsWith('platform/') && !target.startsWith(`functions/${contextOf(path)}/`);
      });
    expect(strangers).toEqual([]);
  });

  test('the platform knows no context', () => {
    const knowing = sourceFiles('platform').filter((path) =>
      importsOf(path).some((name) => name.includes('functions/')),
    );
    expect(knowing.filter((path) => !isTest(path))).toEqual([]);
  });

  test('the SDK is used in the platform only, and DynamoDB is never scanned', () => {
    const files = sourceFiles('functions').filter((path) => !isTest(path));
    expect(files.filter((path) => importsOf(path).some((name) => name.startsWith('@aws-sdk/')))).toEqual([]);
    const all = [...files, ...sourceFiles('platform')].filter((path) => !isTest(path));
    expect(all.filter((path) => /\bScan(?:Command)?\b/.test(textOf(path)))).toEqual([]);
  });

  test(`no source file is over ${MOST_LINES} lines`, () => {
    const long = sourceFiles('functions', 'platform', 'localstack', 'bench', 'tests').filter(
      (path) => textOf(path).split('\n').length > MOST_LINES,
    );
    expect(long).toEqual([]);
  });

  test('no loose end is left in the code', () => {
    const loose = /\b(?:it|test|describe)\.(?:skip|only|todo)\b|@ts-ignore|@ts-expect-error|\bTODO\b|\bFIXME\b/;
    const here = 'tests/unit/structure.test.ts';
    const found = sourceFiles('functions', 'platform', 'localstack', 'bench', 'tests').filter(
      (path) => path !== here && loose.test(textOf(path)),
    );
    expect(found).toEqual([]);
  });
});

test('every context is deployed: serverless.yml imports its functions and its resources', () => {
  const folders = readdirSync(join(projectRoot, 'functions'));
  expect(readContexts().map(({ name }) => name)).toEqual(folders.sort());
  for (const folder of folders)
    expect(textOf('serverless.yml')).toContain(`\${file(functions/${folder}/context.yml):resources}`);
});

test.each(readContexts())(
  '$name declares to the gateway what its operations declare: routes, behind the authorizer or public',
  async ({ lambdas }) => {
    for (const lambda of lambdas) {
      const operations = (await operationsOf(lambda)) ?? [];
      const declared = operations.flatMap(({ route, aliases, access }) =>
        [route, ...aliases].map((one) => ({ route: one, authorized: !access.public })),
      );
      const byRoute = (a: { route: string }, b: { route: string }) => a.route.localeCompare(b.route);
      expect(routesOf(lambda).sort(byRoute)).toEqual(declared.sort(byRoute));
    }
  },
);
