import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run, runWell } from '../../project/processes.ts';
import { projectRoot, textOf } from '../../project/root.ts';

const COMPILER = join(projectRoot, 'node_modules/typescript/bin/tsc');
/** A project that is not ours, with the package installed as npm would. */
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'campus-client-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'campus-client'), { recursive: true });
  await runWell('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: join(projectRoot, 'clients') });
  const { version } = JSON.parse(textOf('clients/package.json')) as { version: string };
  const packed = join(folder, `campus-client-${version}.tgz`);
  await runWell('tar', ['-xzf', packed, '--strip-components=1', '-C', join(modules, 'campus-client')]);
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name));
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'es2024',
    noEmit: true,
    types: [],
    lib: ['es2024', 'dom'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function compiled(code: string) {
  writeFileSync(join(folder, 'main.ts'), code);
  return run(process.execPath, [COMPILER, '--project', folder], { cwd: folder });
}

const PRELUDE = `import { campus } from 'campus-client';\nconst api = campus({ baseUrl: 'http://localhost:3000' });\n`;

test('the example of docs/client.md compiles in a project that installs what npm pack made, and is loaded', async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(textOf('docs/client.md'))?.[1] ?? '';
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
  expect(await compiled(example)).toMatchObject({ code: 0, output: '' });
  const loaded = `import { campus } from 'campus-client'; console.log(typeof campus({ baseUrl: 'http://localhost' }).GET);`;
  expect(await runWell(process.execPath, ['--input-type=module', '--eval', loaded], { cwd: folder })).toBe(
    'function\n',
  );
});

test.each([
  ["await api.GET('/student', {});", 'a path'],
  ["await api.GET('/students', { params: { query: { limitt: 5 } } });", 'a parameter of a query'],
  ["await api.GET('/students/{id}', { params: { path: { student: 5 } } });", 'a variable of a path'],
  ["await api.POST('/auth/login', { body: { username: 'a', passwort: 'b' } });", 'a field of a body'],
  ["const { data } = await api.GET('/students', {}); data?.[0]?.nom;", 'a field of an answer'],
])('%s does not compile: %s that is not there', async (code) => {
  expect((await compiled(PRELUDE + code)).code).not.toBe(0);
});

test('the client is of the version of the API, and asks for the library that this project tries it with', () => {
  const client = JSON.parse(textOf('clients/package.json')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  const own = JSON.parse(textOf('package.json')) as { version: string; devDependencies: Record<string, string> };
  expect(client.version).toBe(own.version);
  expect(client.dependencies['openapi-fetch']).toBe(own.devDependencies['openapi-fetch']);
});
