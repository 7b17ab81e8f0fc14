import { expect, test } from '@jest/globals';
import { satisfies } from 'semver';
import { textOf } from '../project/root.ts';
import { completed, type Lock } from './lock.ts';

interface Manifest {
  readonly engines: { readonly node: string };
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What newcomers have. */
const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

const lock = JSON.parse(textOf('package-lock.json')) as Lock;
const manifest = JSON.parse(textOf('package.json')) as Manifest;
const entries = Object.entries(lock.packages).map(([path, entry]) => ({
  name: path.replace(/^.*node_modules\//, ''),
  version: entry.version,
  engines: entry.engines,
  os: (entry.os ?? []) as string[],
  cpu: (entry.cpu ?? []) as string[],
}));
const nodeOf = (version: string): string => version.replace(/^\D*/, '');

test('each platform has the same version of the database engine', () => {
  const names = PLATFORMS.map((platform) => `@dynoxide/${platform}`);
  expect(Object.keys(manifest.optionalDependencies)).toEqual(names);
  expect(new Set(Object.values(manifest.optionalDependencies)).size).toBe(1);
  for (const name of names) {
    const [os, cpu] = name.replace('@dynoxide/', '').split('-');
    const version = manifest.optionalDependencies[name];
    expect(entries.find((one) => one.name === name)).toMatchObject({ version, os: [os], cpu: [cpu] });
  }
});

const FAMILIES = ['@biomejs/cli-', '@esbuild/', '@typescript/typescript-', '@unrs/resolver-binding-'];
const TYPESETTER = '@myriaddreamin/typst-ts-node-compiler-';

test.each([...FAMILIES, TYPESETTER])('each platform has its own %s, all of one version', (prefix) => {
  const family = entries.filter(({ name, os }) => name.startsWith(prefix) && os.length > 0);
  const has = family.flatMap(({ os, cpu }) => os.flatMap((one) => cpu.map((other) => `${one}-${other}`)));
  expect(has).toEqual(expect.arrayContaining(PLATFORMS));
  expect(new Set(family.map(({ version }) => version)).size).toBe(1);
});

test('nothing in the lock file asks for another Node than the oldest that npm may run on: npm run lock', () => {
  const oldest = nodeOf(manifest.engines.node);
  const asking = entries.filter(({ engines }) => engines?.node && !satisfies(oldest, engines.node));
  expect(asking.map(({ name }) => name)).toEqual([]);
});

test('the lock file is whole: npm run lock', () => {
  expect(completed(lock, manifest.optionalDependencies)).toEqual(lock);
});

test('the Node that the project brings is the one that .nvmrc names', () => {
  expect(textOf('.nvmrc').trim()).toBe(manifest.devDependencies.node);
});

test('every script of package.json runs in cmd.exe and PowerShell as in a Unix shell', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const unfit = Object.entries(scripts).filter(([, line]) =>
    /\bexec\b|\brm |\/dev\/null|'|\$|(?:^|&& )[A-Z_]+=/.test(line),
  );
  expect(unfit).toEqual([]);
});
