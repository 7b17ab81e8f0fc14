import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { projectRoot } from '../project/root.ts';

const script = `
  const { default: LocalCloud } = await import('./localstack/plugin.ts');
  new LocalCloud({});
  void Promise.reject(new Error('nobody awaits me'));
  // A rejection that nobody awaits is found out about before the event loop's next turn.
  setImmediate(() => console.log('still serving'));
`;

test('a rejection that nobody awaits is logged and does not end the emulator', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: projectRoot });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
  const [code] = await once(child, 'close');
  expect(output.join('')).toMatch(/unhandled rejection: nobody awaits me[\s\S]*still serving/);
  expect(code).toBe(0);
});
