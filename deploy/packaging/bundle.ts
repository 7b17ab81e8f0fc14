import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { ZipFile } from 'yazl';
import { esbuildOptions } from '../../esbuild.options.mjs';
import { httpWithoutUndici } from './http-without-undici.ts';
import { leaveOut } from './leave-out.ts';
import { isNative } from './native.ts';
import { sdkRuntime } from './sdk-runtime.ts';

/** What some CommonJS dependencies need to load a module of Node from inside an ES module. */
const REQUIRE =
  "import{createRequire as campusRequire}from'node:module';const require=campusRequire(import.meta.url);\n";

export interface Bundle {
  readonly code: Buffer;
  /** Where each place of the code comes from: a source map (ECMA-426) without the sources, which git has. */
  readonly map: string;
  /** The packages that it loads on demand, each a file of its own beside it, by its path there. */
  readonly onDemand: ReadonlyMap<string, Buffer>;
  /** The packages among those that have a binary, which go into an archive as they are. */
  readonly native: readonly string[];
  /** Which input each byte came from, as esbuild tells it. */
  readonly metafile: Metafile;
}

/** Bundles the module of a Lambda, given its path without extension. @throws what esbuild found wrong */
export async function bundle(root: string, module: string): Promise<Bundle> {
  const packages = new Set<string>();
  const { code, map, metafile } = await oneFile(root, `./${module}`, {
    ...recorder(),
    ...MAPPED,
    plugins: [apart(root, packages)],
  });
  const native = [...packages].filter((name) => isNative(root, name));
  const bundled = [...packages].filter((name) => !native.includes(name));
  const imported = bundled.map(async (name) => [fileOf(name), (await oneFile(root, name)).code] as const);
  const required = requiredBy(root, metafile).map((name) => requirable(root, name));
  return { code, map, metafile, native, onDemand: new Map(await Promise.all([...imported, ...required])) };
}

/** The code does not name its map, which is not deployed: nobody reads it there, and a cold start would. */
const MAPPED: BuildOptions = { sourcemap: 'external', sourcesContent: false };

/** Calls of `platform/base/on-demand.ts`. */
const ON_DEMAND = /\bonDemand<[^>]+>\('([^']+)'\)/g;

/** The packages that the application's own code in a bundle loads on demand without waiting. */
function requiredBy(root: string, { inputs }: Metafile): string[] {
  const own = Object.keys(inputs).filter((path) => /^(functions|platform)\//.test(path));
  const texts = own.map((path) => readFileSync(join(root, path), 'utf8'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(ON_DEMAND)].map(([, name = '']) => name)))];
}

/** Such a package where Node looks for it. */
async function requirable(root: string, name: string): Promise<readonly [path: string, code: Buffer]> {
  const { code } = await oneFile(root, name, { format: 'cjs' });
  return [`node_modules/${name}.js`, code];
}

async function oneFile(root: string, entryPoint: string, options: BuildOptions = {}) {
  const { outputFiles, metafile } = await build({
    ...esbuildOptions,
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile: 'index.mjs',
    ...options,
    plugins: [leaveOut, sdkRuntime, httpWithoutUndici, ...(options.plugins ?? [])],
    metafile: true,
    write: false,
  });
  const output = outputFiles.find(({ path }) => !path.endsWith('.map'));
  if (!output) throw new Error(`Nothing was built of ${entryPoint}`);
  const map = outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '';
  const loadsByRequire = Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(({ kind }) => kind === 'require-call'),
  );
  if (!loadsByRequire) return { code: Buffer.from(output.contents), map, metafile };
  return { code: Buffer.concat([Buffer.from(REQUIRE), output.contents]), map: aLineLower(map), metafile };
}

/** The map, if there is one, of a code before which one line was put: each semicolon of its mappings ends a line. */
function aLineLower(map: string): string {
  if (map === '') return map;
  const { mappings, ...rest } = JSON.parse(map) as { mappings: string };
  return JSON.stringify({ ...rest, mappings: `;${mappings}` });
}

const fileOf = (packageName: string): string => `${packageName.replaceAll(/[^\w-]+/g, '-')}.mjs`;

/**
 * Leaves the packages that are imported on demand out of the bundle, where a cold start would have to read them, and
 * collects their names. Within a package the same words mean what they always did.
 */
const apart = (root: string, packages: Set<string>): Plugin => ({
  name: 'on demand',
  setup({ onResolve }) {
    onResolve({ filter: /^[@\w]/ }, ({ kind, path, importer }) => {
      if (kind !== 'dynamic-import' || path.startsWith('node:') || importer.includes('/node_modules/'))
        return undefined;
      packages.add(path);
      return { path: isNative(root, path) ? path : `./${fileOf(path)}`, external: true };
    });
  },
});

/** In a rehearsal, functions write down what they call: into the file that CAMPUS_RECORD_CALLS names. */
function recorder(): BuildOptions {
  const file = process.env.CAMPUS_RECORD_CALLS;
  if (!file) return {};
  return { inject: ['./deploy/rehearsal/record-calls.ts'], define: { RECORD_CALLS_IN: JSON.stringify(file) } };
}

/** The oldest date that a ZIP holds: equal code makes an equal archive, which is then not deployed again. */
const WHENEVER = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100_644 };

const isBinary = (path: string): boolean => path.endsWith('.node');

/** Fifty megabytes of machine code become little smaller by more work, which every packaging would wait for. */
const FAST = { compressionLevel: 1 };

/** A ZIP archive of these files, by their path in it; the same bytes for the same files. */
export async function zip(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, content] of files) archive.addBuffer(content, path, { ...WHENEVER, ...(isBinary(path) && FAST) });
  archive.end();
  return buffer(archive.outputStream);
}
