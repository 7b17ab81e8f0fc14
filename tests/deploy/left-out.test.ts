import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { bundle } from '../../deploy/packaging/bundle.ts';
import { stubOf } from '../../deploy/packaging/leave-out.ts';
import { projectRoot } from '../../project/root.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs a program beside a module that was packaged, in a folder where nothing is installed. @returns what it printed */
async function runWith(module: string, program: string, drop: (path: string) => boolean = () => false) {
  const folder = mkdtempSync(join(tmpdir(), 'campus-left-out-'));
  folders.push(folder);
  const { code, onDemand } = await bundle(projectRoot, module);
  const files = [['index.mjs', code] as const, ['run.mjs', Buffer.from(program)] as const, ...onDemand];
  for (const [path, content] of files.filter(([path]) => !drop(path))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run.mjs')], { encoding: 'utf8' });
  return stdout || stderr;
}

const PHONES = `
  import { Phone } from './index.mjs';
  console.log(JSON.stringify(['77 123 45 67', '+52 1 55 1234 5678', '12'].map((one) => Phone.safeParse(one).data ?? null)));
`;

test('phone numbers are read by a package beside the bundle, as they are where it is installed', async () => {
  expect(JSON.parse(await runWith('platform/schema/phone', PHONES))).toEqual(['+221771234567', '+525512345678', null]);
});

test('… which is not looked for before there is one to read', async () => {
  const isPhones = (path: string) => path.includes('libphonenumber');
  const load = "import './index.mjs'; console.log('loaded');";
  expect(await runWith('platform/schema/phone', load, isPhones)).toBe('loaded\n');
  expect(await runWith('platform/schema/phone', PHONES, isPhones)).toMatch(
    "Cannot find module 'libphonenumber-js/max'",
  );
});

test('what is left out of a package says so when it is called', async () => {
  const program = `
    import { Phone } from './index.mjs';
    try { Phone.toJSONSchema(); } catch (error) { console.log(error.message); }
  `;
  expect(await runWith('platform/schema/phone', program)).toBe('This was left out when the function was packaged\n');
});

test('who asks others over HTTP does not load what Node has for fetch', async () => {
  const loads = (how: string) => `
    ${how};
    console.log(process.moduleLoadList.some((name) => name.includes('undici')));
  `;
  expect(await runWith('platform/base/http-client', loads("import './index.mjs'"))).toBe('false\n');
  // What it is kept from; where Node mends it, the packaging need not.
  expect(await runWith('platform/base/http-client', loads("import 'node:http'"))).toBe('true\n');
});

test('a module that exports nothing that is seen cannot be left out', () => {
  expect(stubOf("export { one, two as three } from './x.js';\nexport const four = 1;")).toMatch(
    'export { leftOut as four, leftOut as one, leftOut as three }',
  );
  expect(() => stubOf('module.exports = {}')).toThrow('Nothing is exported');
});
