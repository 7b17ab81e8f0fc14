import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bundle } from '../deploy/packaging/bundle.ts';
import { readable } from './stack-trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'campus-stack-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A function that fails in its third line. */
const FAILING = `
export const handler = (mark: number): number => {
  if (mark > 20) throw new Error('more than twenty');
  return mark;
};`;

/** The same, of what makes packaging put a line before the code. */
const WITH_COMMON_JS = `import legacy from './legacy.cjs';${FAILING}\nlegacy();`;
const LEGACY = "const path = require('node:path'); module.exports = () => path.sep;";

/** What Lambda would log of it, and the map of its code. */
async function failureOf(source: string): Promise<{ readonly stack: string; readonly map: string }> {
  writeFileSync(join(folder, 'legacy.cjs'), LEGACY);
  writeFileSync(join(folder, 'failing.ts'), source);
  const { code, map } = await bundle(folder, 'failing');
  const file = join(folder, 'index.mjs');
  writeFileSync(file, code);
  const program = `const { handler } = await import(${JSON.stringify(file)});
    try { handler(21) } catch ({ stack }) { process.stdout.write(stack) }`;
  const stack = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  return { stack: stack.replaceAll(folder, '/var/task'), map };
}

describe.each([
  ['as it was written', FAILING],
  ['where packaging put a line before it', WITH_COMMON_JS],
])('the code %s', (_, source) => {
  test('a trace names the line of the source that failed', async () => {
    const { stack, map } = await failureOf(source);
    expect(stack).toMatch(/\/var\/task\/index\.mjs:\d+:\d+/);

    const [message, first] = readable(stack, map).split('\n');

    expect(message).toBe('Error: more than twenty');
    expect(first).toMatch(/failing\.ts:3:24\)?$/);
  });
});

test('a line of a log is read by the trace in it, and what has none stays as it is', async () => {
  const { stack, map } = await failureOf(FAILING);
  const line = JSON.stringify({ level: 'ERROR', message: 'request failed', error: { name: 'Error', stack } });
  const others = ['START RequestId: 1', '{"level":"INFO"}', 'at elsewhere (/var/task/typst.mjs:1:2)'];

  const lines = readable([...others, line].join('\n'), map).split('\n');

  expect(lines.slice(0, 3)).toEqual(others);
  expect(lines.slice(3).join('\n')).toMatch(/^Error: more than twenty\n.*failing\.ts:3:24/);
});
