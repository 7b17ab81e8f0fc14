import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWell } from '../../project/processes.ts';
import { Lacking } from '../frame.ts';

const here = import.meta.dirname;

/**
 * Installs what a file lists, unless it is there as listed. @param listed the file
 * @param into the folder, which git ignores
 * @throws Lacking where it cannot be installed here
 */
async function install(listed: string, into: string, install: () => Promise<unknown>): Promise<void> {
  const [wanted, stamp] = [readFileSync(join(here, listed), 'utf8'), join(here, into, 'installed')];
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await install().catch((error: unknown) => {
    throw new Lacking(`what bench/peers/${listed} lists could not be installed: ${error}`);
  });
  writeFileSync(stamp, wanted);
}

/** The peers' Python, in an environment of its own that the first run makes. Needs Python 3.10 or later. @returns its `bin` */
export async function python(): Promise<string> {
  const venv = join(here, '.venv');
  await install('requirements.txt', '.venv', async () => {
    await runWell('python3', ['-m', 'venv', '--clear', venv]);
    await runWell(join(venv, 'bin/pip'), ['install', '--quiet', '-r', join(here, 'requirements.txt')]);
  });
  return join(venv, 'bin');
}

/** The packages that peers of Node need beside the project's own: the first run installs them. */
export async function packages(): Promise<void> {
  await install('package-lock.json', 'node_modules', () =>
    runWell('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here }),
  );
}
