import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project/root.ts';

interface Entry {
  version?: string;
  engines?: Readonly<Record<string, string>>;
  optionalDependencies?: Readonly<Record<string, string>>;
  [field: string]: unknown;
}

/** A lock file, as far as it is made by hand. */
export interface Lock {
  packages: Record<string, Entry>;
}

const ENGINE = /^@dynoxide\/(?<os>[a-z0-9]+)-(?<cpu>[a-z0-9]+)$/;

/**
 * What runs on the Node that the project brings, and on no other: what it asks of the Node that runs npm is of no
 * account, and a warning of it misleads.
 */
const ON_OUR_NODE = ['@middy/core', '@middy/util', 'cookie', 'fauxqs', 'zod-openapi'];

/** The entry of an engine for a platform, without address and checksum where npm has not seen the package. */
const engineEntry = (name: string, version: string, known: Entry | undefined): Entry => {
  const { os = '', cpu = '' } = ENGINE.exec(name)?.groups ?? {};
  const seen = known?.version === version ? known : undefined;
  return { version, ...seen, cpu: [cpu], license: '(MIT OR Apache-2.0)', optional: true, os: [os] };
};

/**
 * The lock file with what npm does not write into it: the database engine of every platform, even where the registry in
 * use has only some of them, and no wish for another Node from what never runs on the machine's own.
 * @param wanted the optional dependencies of package.json
 */
export function completed(lock: Lock, wanted: Readonly<Record<string, string>>): Lock {
  const engines = Object.entries(wanted).filter(([name]) => ENGINE.test(name));
  const packages: Lock['packages'] = { ...lock.packages, '': { ...lock.packages[''], optionalDependencies: wanted } };
  for (const [name, version] of engines) {
    const path = `node_modules/${name}`;
    packages[path] = engineEntry(name, version, packages[path]);
  }
  for (const name of ON_OUR_NODE) {
    const { engines: _, ...rest } = packages[`node_modules/${name}`] ?? {};
    packages[`node_modules/${name}`] = rest;
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

const read = <T>(file: string): T => JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as T;

if (import.meta.main) {
  const { optionalDependencies } = read<{ optionalDependencies: Record<string, string> }>('package.json');
  const lock = completed(read<Lock>('package-lock.json'), optionalDependencies);
  writeFileSync(join(projectRoot, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
}
