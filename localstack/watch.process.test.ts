import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ProjectCopy } from '../project/copy.ts';
import { freePort } from '../project/ports.ts';
import { descendantsOf, endChild, runs } from '../project/processes.ts';
import { until } from '../project/until.ts';

/** Campus under `npm run dev`, in a copy of the project. */
async function develop(folder: string) {
  const child = spawn(process.execPath, [join(folder, 'localstack/start.mjs'), '--watch'], {
    env: { ...process.env, PORT: String(await freePort()), CAMPUS_DATA: join(folder, '.campus') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const said = (text: string): number => output.split(text).length - 1;
  /** Waits until Campus has started again since the work was done, however often. */
  const startsAfter = async (work: () => void): Promise<void> => {
    const before = said('Campus is ready');
    work();
    await until(() => said('Campus is ready') > before);
  };
  return { child, said, startsAfter };
}

/** Saves as many editors do: a new file takes the place of the old one. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}~`, text);
  renameSync(`${path}~`, path);
}

test('a change starts Campus again, however an editor saves it and whether or not Campus runs', async () => {
  using copy = new ProjectCopy();
  const campus = await develop(copy.folder);
  try {
    await campus.startsAfter(() => {});
    for (const file of ['serverless.yml', 'serverless.yml', 'functions/about/status.ts', 'functions/about/status.ts']) {
      await campus.startsAfter(() => replaceFile(join(copy.folder, file), copy.textOf(file)));
    }
    const good = copy.textOf('functions/about/status.ts');
    copy.write('functions/about/status.ts', 'export const handler = ;');
    await until(() => campus.said('Waiting for a change') > 0);
    await campus.startsAfter(() => copy.write('functions/about/status.ts', good));
    const family = descendantsOf(campus.child.pid ?? 0);
    expect(family).toHaveLength(3);
    const ended = once(campus.child, 'exit');
    campus.child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(family.filter(runs)).toEqual([]);
  } finally {
    await endChild(campus.child);
  }
}, 180_000);
