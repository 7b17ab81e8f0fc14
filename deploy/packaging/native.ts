import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly version: string;
  readonly files?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Says that a part of it is a binary, which stands in a package of its own for each platform. */
  readonly napi?: object;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const manifestIn = (folder: string): Manifest => read(join(folder, 'package.json'));

const installed = (root: string, name: string): string => join(root, 'node_modules', name);

/** Whether a package has a binary of its own for each platform: it cannot be bundled. */
export function isNative(root: string, name: string): boolean {
  const folder = installed(root, name);
  return existsSync(join(folder, 'package.json')) && manifestIn(folder).napi !== undefined;
}

/** For 20 MB over a slow line, and no longer. */
const PATIENCE_MS = 300_000;

/** On which processors the functions run: AWS's arm64, or an emulator's, which are this machine's. */
const processor = (): string => (process.env.AWS_ENDPOINT_URL ? process.arch : 'arm64');

/** The checksum that the lock file holds a package to. @throws Error where it has none */
function integrityOf(root: string, name: string): string {
  const { packages } = read<{ packages: Record<string, { integrity?: string }> }>(join(root, 'package-lock.json'));
  const integrity = packages[`node_modules/${name}`]?.integrity;
  if (!integrity) throw new Error(`package-lock.json has no checksum of ${name}`);
  return integrity;
}

/**
 * The folder of a package that npm did not install, since it is for another platform: fetched by npm, and held against
 * the lock file. Kept beside what npm installed, so that only the first packaging waits for it.
 * @throws Error where it cannot be fetched or is another one
 */
function fetched(root: string, name: string, version: string): string {
  const kept = join(
    root,
    'node_modules/.cache/campus',
    `${name.replaceAll(/[^\w-]+/g, '-').replace(/^-/, '')}-${version}`,
  );
  if (existsSync(kept)) return kept;
  const work = `${kept}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  const spec = `${name}@${version}`;
  execFileSync('npm', ['pack', spec, '--pack-destination', work, '--silent'], {
    cwd: root,
    shell: process.platform === 'win32',
    timeout: PATIENCE_MS,
  });
  const [tarball = ''] = readdirSync(work);
  const sha512 = createHash('sha512')
    .update(readFileSync(join(work, tarball)))
    .digest('base64');
  if (integrityOf(root, name) !== `sha512-${sha512}`) throw new Error(`${spec} is not what package-lock.json says`);
  execFileSync('tar', ['-xzf', tarball], { cwd: work });
  // Whole or not at all: another packaging may be at it.
  if (!existsSync(kept)) renameSync(join(work, 'package'), kept);
  rmSync(work, { recursive: true, force: true });
  return kept;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder).filter((file) => /^package\.json$|\.c?js$|\.node$/.test(file));

/** A native package as it stands in an archive: its JavaScript, and its binary for the platform that functions run on. */
export function nativeFiles(root: string, name: string): [path: string, content: Buffer][] {
  const own = installed(root, name);
  const { optionalDependencies = {} } = manifestIn(own);
  const binary = `${name}-linux-${processor()}-gnu`;
  const version = optionalDependencies[binary];
  if (!version) throw new Error(`${name} has no binary for Linux on ${processor()}`);
  const there = existsSync(installed(root, binary)) ? installed(root, binary) : fetched(root, binary, version);
  const of = (one: string, folder: string): [string, Buffer][] =>
    filesIn(folder).map((file) => [`node_modules/${one}/${file}`, readFileSync(join(folder, file))]);
  return [...of(name, own), ...of(binary, there)];
}
