import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ProjectCopy } from '../project/copy.ts';
import { run } from '../project/processes.ts';

let copy: ProjectCopy;
beforeAll(() => {
  copy = new ProjectCopy();
});
afterAll(() => copy[Symbol.dispose]());

const node = (...args: string[]) => run(process.execPath, args, { cwd: copy.folder });
const make = (...args: string[]) => node('tools/new.ts', 'operation', ...args);
const jest = (...files: string[]) =>
  node(
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'unit',
    '--runTestsByPath',
    ...files,
  );

test('npm run new makes an operation that is served and fits in, with a test that fails until it says what is promised', async () => {
  expect((await make('persons', 'list-names')).code).toBe(0);
  expect(
    (await make('grades', 'read-remark', '--route', 'GET /students/{student_id}/remark', '--lambda', 'marks')).code,
  ).toBe(0);
  expect(copy.textOf('functions/persons/persons.ts')).toContain("import { listNames } from './list-names.ts';");
  expect(copy.textOf('functions/persons/context.yml')).toContain('{ method: GET, path: /persons/names, authorizer:');
  expect(copy.textOf('functions/grades/context.yml')).toContain('path: "/students/{student_id}/remark"');
  expect(copy.textOf('tests/http/authorisation/persons.ts')).toContain("route: 'GET /persons/names'");
  expect(copy.textOf('http/persons.http')).toContain('GET {{api}}/persons/names\nAuthorization: Bearer');

  const red = await jest('functions/persons/list-names.test.ts', 'functions/grades/read-remark.test.ts');
  expect(red.output).toMatch(/what this test asks for/);
  expect(red.output).toMatch(/Tests: +2 failed, 2 total/);
  copy.edit('functions/persons/list-names.ts', 'not yet', 'what this test asks for');
  copy.edit('functions/grades/read-remark.ts', 'not yet', 'what this test asks for');
  const green = await jest(
    'functions/persons/list-names.test.ts',
    'functions/grades/read-remark.test.ts',
    'tests/unit/structure.test.ts',
  );
  expect(green.output).toMatch(/Tests: +\d+ passed, \d+ total/);

  const sources = ['functions/persons', 'functions/grades', 'tests/http/authorisation'];
  const linted = await node('node_modules/@biomejs/biome/bin/biome', 'check', '--vcs-enabled=false', ...sources);
  expect([linted.code, linted.output]).toEqual([0, expect.anything()]);
});

test.each([
  [['cooking', 'list-names'], /there is no context cooking/],
  [['persons', 'names'], /verb and noun/],
  [['persons', 'read-persons'], /functions\/persons\/read-persons\.ts already/],
  [['persons', 'list-all', '--route', 'GET /persons'], /there is GET \/persons already/],
  [['persons', 'list-all', '--route', 'LIST persons'], /is no route/],
  [['persons', 'list-all', '--lambda', 'nobody'], /has no Lambda nobody, but persons/],
])('what cannot be is told in one line, and nothing is made: %j', async (args, reason) => {
  const { code, output } = await make(...args);
  expect([code, output]).toEqual([2, expect.stringMatching(reason)]);
  expect(output.trimEnd().split('\n')).toHaveLength(1);
  await expect(async () => copy.textOf(join('functions', args[0] ?? '', 'list-all.ts'))).rejects.toThrow('ENOENT');
});
