import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command line keeps what it knows, as the system has it: XDG, or `%APPDATA%`. `CAMPUS_CONFIG` changes it. */
export function configFolder(env: NodeJS.ProcessEnv): string {
  if (env.CAMPUS_CONFIG) return env.CAMPUS_CONFIG;
  if (process.platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData/Roaming'), 'campus');
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'campus');
}
