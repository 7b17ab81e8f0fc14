import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { StartFailure } from './failure.ts';
import { run } from './processes.ts';
import { projectRoot } from './root.ts';

/** By which names a Python may be called, the one in use first, and where pyenv keeps those that are not in use. */
const candidates = (): string[] => [
  ...['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11'],
  ...globSync(join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions/3.*/bin/python3')),
];

/**
 * A Python with venv of one of these versions.
 * @param least the lowest minor version of Python 3 that will do
 * @param most the highest one
 * @returns how it is called, or its path
 */
export function findPython(least: number, most: number): string | undefined {
  const test = `import sys, venv, ensurepip; sys.exit(not (3, ${least}) <= sys.version_info[:2] <= (3, ${most}))`;
  return candidates().find((name) => spawnSync(name, ['-c', test]).status === 0);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

interface Environment {
  /** What it is called below .venv. */
  readonly name: string;
  /** The path of a file of pinned requirements. */
  readonly requirements: string;
  /** The lowest and the highest minor version of Python 3 that they run on. */
  readonly python: readonly [least: number, most: number];
}

/**
 * A virtual environment of the project with what its requirements name, made anew when these changed.
 * @returns its folder of programs
 * @throws StartFailure when there is no such Python, or when something cannot be installed
 */
export async function pythonEnvironment({ name, requirements, python }: Environment): Promise<string> {
  const folder = join(projectRoot, '.venv', name);
  const programs = join(folder, 'bin');
  const mark = join(folder, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (readIfThere(mark) === wanted) return programs;
  const [least, most] = python;
  const found = findPython(least, most);
  if (!found) {
    const versions = least === most ? `3.${least}` : `3.${least} to 3.${most}`;
    throw new StartFailure(
      `Python ${versions} with venv is needed and not found; "pyenv install 3.${most}" brings it.`,
    );
  }
  await must(found, ['-m', 'venv', '--clear', folder]);
  await must(join(programs, 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    requirements,
  ]);
  writeFileSync(mark, wanted);
  return programs;
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run(program, args);
  const last = output.trim().split('\n').at(-1);
  if (code !== 0) throw new StartFailure(`${program} ${args.slice(0, 3).join(' ')} failed: ${last}`);
}
