import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { bundle } from '../../deploy/packaging/bundle.ts';
import { nativeFiles } from '../../deploy/packaging/native.ts';
import { projectRoot } from '../../project/root.ts';

const PACKAGE = '@myriaddreamin/typst-ts-node-compiler';

/** Processors as ELF numbers them. */
const ARM64 = 0xb7;

let before: string | undefined;
beforeAll(() => {
  before = process.env.AWS_ENDPOINT_URL;
});
afterEach(() => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
});

test('for AWS the typesetter is that of Linux on arm64, as the lock file has it, and nothing of another platform', () => {
  delete process.env.AWS_ENDPOINT_URL;
  const files = nativeFiles(projectRoot, PACKAGE);
  const binaries = files.filter(([path]) => path.endsWith('.node'));
  expect(binaries.map(([path]) => path)).toEqual([
    `node_modules/${PACKAGE}-linux-arm64-gnu/typst-ts-node-compiler.linux-arm64-gnu.node`,
  ]);
  const [[, binary] = ['', Buffer.alloc(0)]] = binaries;
  expect([binary.toString('latin1', 1, 4), binary.readUInt16LE(18)]).toEqual(['ELF', ARM64]);
});

test('what is packaged for this machine prints, by itself in a folder of its own', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
  const folder = mkdtempSync(join(tmpdir(), 'campus-printing-'));
  const { code, onDemand, native } = await bundle(projectRoot, 'platform/pdf/list');
  expect(native).toEqual([PACKAGE]);
  const files = [['index.mjs', code], ...onDemand, ...nativeFiles(projectRoot, PACKAGE)] as [string, Buffer][];
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  cpSync(join(projectRoot, 'platform/pdf/fonts'), join(folder, 'platform/pdf/fonts'), { recursive: true });
  writeFileSync(
    join(folder, 'print.mjs'),
    `import { printList } from './index.mjs';
const school = { name: 'École', lines: [], motto: null, logo_alt: '' };
const pdf = await printList({ school, title: 'Élèves', subtitle: '', columns: [{ label: 'Nom' }], rows: [['Awa']] }, 'fr');
process.stdout.write(Buffer.from(pdf).toString('latin1', 0, 5));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [pathToFileURL(join(folder, 'print.mjs')).pathname], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect([stdout, stderr]).toEqual(['%PDF-', '']);
});

test('it is in the archives of the functions that print, and in no other', () => {
  const sizes = JSON.parse(readFileSync(join(projectRoot, '.build/functions/sizes.json'), 'utf8')) as Record<
    string,
    { archive: number }
  >;
  const large = Object.entries(sizes).filter(([, { archive }]) => archive > 5_000_000);
  expect(large.map(([name]) => name).sort()).toEqual(['documents', 'gradeExports', 'receipts', 'studentExports']);
});
