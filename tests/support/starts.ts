import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../project/ports.ts';
import { type Campus, startCampus, whenReady } from './supervisor.ts';

const started: Campus[] = [];
const folders: string[] = [];

/** A data folder of its own for a start. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'campus-start-'));
  folders.push(folder);
  return folder;
}

/** The permissions of a file or folder. */
export const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** Starts a Campus and waits for nothing. */
export function launch(port: number | string, data: string, limits: { longestFile?: number } = {}): Campus {
  const campus = startCampus({ port, data, ...limits });
  started.push(campus);
  return campus;
}

/** Starts a Campus on a free port and waits until it is ready. */
export async function launchReady(data = newFolder()): Promise<Campus> {
  return whenReady(launch(await freePort(), data));
}

/** Ends every Campus that was launched here, one asleep too, and takes the folders away. */
export async function endLaunched(): Promise<void> {
  for (const campus of started.splice(0)) {
    campus.child.kill('SIGTERM');
    campus.child.kill('SIGCONT');
    await campus.exited;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}
