import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, type FSWatcher, readdirSync, watch as watchFolder } from 'node:fs';
import { join, relative } from 'node:path';
import { endChild } from '../project/processes.ts';
import { projectRoot } from '../project/root.ts';
import { stopSignal } from './stopping.ts';

const FOLDERS = ['functions', 'platform', 'project', 'localstack'];
/** What a running Campus has read; neither its tests nor what an editor writes beside a file. */
const SOURCE = /^(?!\.|.*\.test\.tsx?$).*\.(?:tsx?|mjs|js|json|ya?ml|css|svg)$|^\.env$/;
const GRACE_MS = 10_000;

/** Runs Campus, and starts it again whenever one of its sources changes, until a signal ends it. The data stay. */
export async function watch(): Promise<void> {
  const stopping = stopSignal();
  while (!stopping.aborted) {
    // Before the start, which may read a file that changes meanwhile.
    const change = nextChange(stopping);
    const campus = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs')], { stdio: 'inherit' });
    await Promise.race([change, waiting(campus)]);
    const file = await change;
    await endChild(campus, { graceMs: GRACE_MS });
    if (file) process.stdout.write(`${file} has changed.\n`);
  }
  process.exit(0);
}

/** Says that a Campus that ended by itself, for a mistake most often, will be started again. */
async function waiting(campus: ChildProcess): Promise<void> {
  const [code] = await once(campus, 'exit');
  if (code) process.stdout.write('Waiting for a change.\n');
}

/** The path of the next source that changes; nothing when it is time to stop. */
async function nextChange(stopping: AbortSignal): Promise<string | undefined> {
  const watchers: FSWatcher[] = [];
  try {
    return await new Promise<string | undefined>((resolve) => {
      if (stopping.aborted) resolve(undefined);
      stopping.addEventListener('abort', () => resolve(undefined), { once: true });
      for (const folder of foldersToWatch()) watchers.push(watchOne(folder, resolve));
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** A folder, not its files: an editor that saves by renaming puts a new file in the place of the one that is watched. */
const watchOne = (folder: string, changed: (path: string) => void): FSWatcher =>
  watchFolder(folder, (_, name) => {
    if (name && SOURCE.test(name)) changed(relative(projectRoot, join(folder, name)));
  });

function foldersToWatch(): string[] {
  const roots = FOLDERS.map((folder) => join(projectRoot, folder)).filter((folder) => existsSync(folder));
  const below = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return [projectRoot, ...roots, ...below];
}
