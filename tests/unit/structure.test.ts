import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { streams } from '../../platform/http/answer.ts';
import type { Operation } from '../../platform/http/operation.ts';
import { readContexts, routesOf, sourceOf, streamedRoutesOf } from '../../project/contexts.ts';
import { projectRoot, textOf } from '../../project/root.ts';
import { modulesOf } from '../../tools/openapi/operations.ts';
import { gatewayRoutesOf, operationsOf, pagesOf, sourceFiles, streamsPages } from '../support/project.ts';

const MOST_LINES = 300;

/** Every folder of the project's own code. */
const FOLDERS = ['functions', 'platform', 'project', 'localstack', 'deploy', 'tools', 'bench', 'cli', 'tests'];

/** Where a write of its own must stand though its request is refused, or is somebody else's memory. */
const WRITERS = new Set([
  'functions/auth/guess-store.ts',
  'functions/health/access-log.ts',
  'functions/grades/printing/kept-card.ts',
  'functions/orders/payments/payment-simulator.ts',
]);

/** The one place that may read a whole table. */
const SCANNER = 'platform/data/dump.ts';

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** Imports that go against the grain, each as the file and what it imports. */
const FORBIDDEN = [
  ['platform/base/one.ts', '../http/answer.ts'],
  ['platform/schema/one.ts', '../data/table.ts'],
  ['platform/aws/one.ts', '../events/queue.ts'],
  ['platform/data/one.ts', '../http/answer.ts'],
  ['platform/events/one.ts', '../http/answer.ts'],
  ['platform/cache/one.ts', '../http/answer.ts'],
  ['platform/data/two.ts', '../cache/cache.ts'],
  ['platform/peer/one.ts', '../http/answer.ts'],
  ['platform/mail/one.ts', '../http/answer.ts'],
  ['platform/files/one.ts', '../data/table.ts'],
  ['platform/pdf/one.ts', '../files/sheet.ts'],
  ['platform/pdf/two.ts', '../http/answer.ts'],
  ['platform/schema/two.ts', '../files/csv.ts'],
  ['platform/http/one.ts', '../../functions/orders/table.ts'],
  ['functions/orders/one.ts', '../persons/table.ts'],
  ['functions/orders/two.ts', '@aws-sdk/client-sqs'],
  ['functions/orders/ordering/one.ts', '../../persons/table.ts'],
  ['functions/orders/catalogue/one.ts', '../ordering/order.ts'],
  ['functions/orders/payments/one.ts', '../ordering/order.ts'],
  ['project/one.ts', '../localstack/start.ts'],
  ['localstack/one.ts', '../deploy/serverless.ts'],
  ['deploy/template/one.ts', '../../localstack/start.ts'],
  ['deploy/template/two.ts', '../../tools/openapi.ts'],
  ['tools/docs/one.ts', '../../tests/unit/docs.test.ts'],
  ['tests/support/one.ts', '../../tools/openapi.ts'],
] as const;

const PERMITTED = [
  ['platform/http/three.ts', '../base/clock.ts'],
  ['platform/data/three.ts', '../aws/call.ts'],
  ['platform/cache/three.ts', '../data/table.ts'],
  ['platform/files/three.ts', '../pdf/list.ts'],
  ['platform/files/three.ts', '../schema/fold.ts'],
  ['functions/orders/three.ts', '../../platform/http/answer.ts'],
  ['functions/orders/ordering/three.ts', '../catalogue/stock.ts'],
  ['localstack/three.ts', '../project/contexts.ts'],
  ['tools/docs/three.ts', '../../project/contexts.ts'],
  ['tools/three.ts', '../tests/support/conformance.ts'],
] as const;

/** What the linter finds in a project of its own, with our rules and nothing but these files. */
function findings(files: readonly (readonly [path: string, imported: string])[], rule: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'campus-lint-'));
  copyFileSync(join(projectRoot, 'biome.json'), join(folder, 'biome.json'));
  for (const [path, imported] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `import * as it from '${imported}';\nexport const held = it;\n`);
  }
  const biome = join(projectRoot, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', '--reporter=github'], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const found = stdout.split('\n').filter((line) => line.includes(rule));
  return found.map((line) => relative(folder, /file=([^,]+)/.exec(line)?.[1] ?? line)).sort();
}

describe('the linter holds the arrows between folders', () => {
  test('each import against the grain is an error, and no other', () => {
    const against = findings([...FORBIDDEN, ...PERMITTED], 'noRestrictedImports');
    expect(against).toEqual(FORBIDDEN.map(([path]) => path).sort());
  });

  test('a circle is an error, one of types alone too', () => {
    const circle = [
      ['platform/base/one.ts', './two.ts'],
      ['platform/base/two.ts', './one.ts'],
    ] as const;
    expect(findings(circle, 'noImportCycles')).toEqual(['platform/base/one.ts', 'platform/base/two.ts']);
  });
});

describe('the house rules', () => {
  test('DynamoDB is scanned for whoever asks for all of it, and for nobody else', () => {
    const sources = sourceFiles('functions', 'platform').filter((path) => !isTest(path));
    // The client says that its protocol can.
    const naming = sources.filter((path) => path !== 'platform/data/client.ts');
    expect(naming.filter((path) => /\bScan(?:Command)?\b/.test(textOf(path)))).toEqual([SCANNER]);
    // What scans is behind the one operation of each context by which a school takes its data along.
    const using = sources.filter((path) => /\beveryItem\b/.test(textOf(path)) && path !== SCANNER);
    expect(using).toEqual(['platform/http/part.ts']);
    const asking = sources.filter((path) => /\bschoolPart\b/.test(textOf(path)) && !using.includes(path));
    expect(asking.every((path) => /^functions\/\w+\/part\.ts$/.test(path))).toBe(true);
  });

  test('a context changes nothing but through a commit', () => {
    const writing = sourceFiles('functions').filter(
      (path) => !isTest(path) && /\btable\s*\.write\(/.test(textOf(path)),
    );
    expect(writing.filter((path) => !WRITERS.has(path))).toEqual([]);
  });

  test(`no source file is over ${MOST_LINES} lines`, () => {
    const long = sourceFiles(...FOLDERS).filter((path) => textOf(path).split('\n').length > MOST_LINES);
    expect(long).toEqual([]);
  });

  test('properties are tried with the same data each time', () => {
    const drawing = sourceFiles(...FOLDERS).filter((path) => /^import .*'fast-check';$/m.test(textOf(path)));
    expect(drawing).toEqual(['tests/support/draws.ts']);
  });

  test('no loose end is left in the code', () => {
    const loose = /\b(?:it|test|describe)\.(?:skip|only|todo)\b|@ts-ignore|@ts-expect-error|\bTODO\b|\bFIXME\b/;
    // These two name them: as what is searched for, and as errors that must come.
    const naming = ['tests/unit/structure.test.ts', 'platform/http/operation.test.ts'];
    const found = sourceFiles(...FOLDERS).filter((path) => !naming.includes(path) && loose.test(textOf(path)));
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
  '$name declares to the gateway what its operations and pages declare: routes, behind the authorizer or public',
  async ({ file, lambdas }) => {
    const faults: string[] = [];
    for (const lambda of lambdas) {
      const operations = (await operationsOf(lambda)) ?? [];
      const lineOf = (route: string, authorized: boolean) =>
        `${route} ${authorized ? 'behind the authorizer' : 'public'}`;
      // Who may see a page, the page decides: without a session it leads to the sign-in.
      const pages = (await pagesOf(lambda)).flatMap(gatewayRoutesOf).map((route) => lineOf(route, false));
      const called = operations.flatMap(({ route, aliases, access }) =>
        [route, ...aliases].map((one) => lineOf(one, !access.public)),
      );
      const declared = [...new Set([...called, ...pages])];
      const routed = routesOf(lambda).map(({ route, authorized }) => lineOf(route, authorized));
      const lacking = declared.filter((one) => !routed.includes(one));
      const stray = routed.filter((one) => !declared.includes(one));
      faults.push(
        ...lacking.map((one) => `${file} lacks under ${lambda.name}: ${one}`),
        ...stray.map((one) => `${file} has under ${lambda.name}, and no operation of ${sourceOf(lambda)}: ${one}`),
      );
      expect(new Set(routed).size).toBe(routed.length);
    }
    expect(faults).toEqual([]);
  },
);

test('what answers by a stream is handed on by the gateway, all of its Lambda, and nothing else is', async () => {
  const faults: string[] = [];
  for (const { file, lambdas } of readContexts())
    for (const lambda of lambdas) {
      const operations = (await operationsOf(lambda)) ?? [];
      const makes = new Set(operations.map(({ answers }) => streams(answers)));
      if (makes.size > 1) faults.push(`${file}: ${lambda.name} mixes streamed answers with others`);
      const isStreaming = makes.has(true) || (await streamsPages(lambda));
      const handedOn = streamedRoutesOf(lambda);
      const wrong = routesOf(lambda).filter(({ route }) => handedOn.includes(route) !== isStreaming);
      faults.push(...wrong.map(({ route }) => `${file}: the transferMode of ${route} under ${lambda.name}`));
    }
  expect(faults).toEqual([]);
});

test.each(readContexts())('every operation that $name exports is served by a Lambda', async (context) => {
  const served = (await Promise.all(context.lambdas.map(operationsOf))).flatMap((operations) => operations ?? []);
  const unserved = (await modulesOf(context.folder)).flatMap(([file, module]) =>
    Object.entries(module)
      .filter(([, value]) => isOperation(value) && !served.includes(value))
      .map(([name]) => `${file} exports ${name}: name it in the endpoint(…) of a Lambda of ${context.file}`),
  );
  expect(unserved).toEqual([]);
});

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'route' in value && 'handle' in value;
