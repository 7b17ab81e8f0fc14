import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
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

/** The module of a Lambda, as a path without extension, by its handler: `folder/module.name`. */
export const moduleOf = (handler: string): string => handler.slice(0, -extname(handler).length);

/** Bundles one module. @see bundles */
export async function bundle(root: string, module: string): Promise<Bundle> {
  return (await bundles(root, [module])).get(module) as Bundle;
}

/**
 * Bundles the modules of Lambdas, each as if it were alone; what several of them import is read once.
 * @param modules their paths without extension
 * @returns the bundle of each
 * @throws what esbuild found wrong
 */
export async function bundles(root: string, modules: readonly string[]): Promise<ReadonlyMap<string, Bundle>> {
  const unique = [...new Set(modules)];
  const names = new Map<string, string>();
  const entries = unique.map((module) => `./${module}`);
  const files = await singleFiles(root, entries, { ...recorder(), ...MAPPED, plugins: [apart(root, names)] });
  const packed = packing(root);
  const whole = files.map(async (file, i): Promise<[string, Bundle]> => {
    const packages = importsOf(file.metafile).flatMap((path) => names.get(path) ?? []);
    const native = packages.filter((name) => isNative(root, name));
    const imported = packages.filter((name) => !native.includes(name)).map((name) => packed(name, 'esm'));
    const required = requiredBy(root, file.metafile).map((name) => packed(name, 'cjs'));
    return [unique[i] ?? '', { ...file, native, onDemand: new Map(await Promise.all([...imported, ...required])) }];
  });
  return new Map(await Promise.all(whole));
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

const importsOf = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));

type Packed = readonly [path: string, code: Buffer];

/** Gives a package as a file of its own, with its path beside the bundle; each is built once. */
function packing(root: string): (name: string, format: 'esm' | 'cjs') => Promise<Packed> {
  const kept = new Map<string, Promise<Packed>>();
  const pack = async (name: string, format: 'esm' | 'cjs'): Promise<Packed> => {
    const [file] = await singleFiles(root, [name], { format });
    // What is required lies where Node looks for it.
    return [format === 'cjs' ? `node_modules/${name}.js` : fileOf(name), file?.code ?? Buffer.of()];
  };
  return (name, format) => {
    const id = `${format} ${name}`;
    const packed = kept.get(id) ?? pack(name, format);
    kept.set(id, packed);
    return packed;
  };
}

type SingleFile = Pick<Bundle, 'code' | 'map' | 'metafile'>;

/** Builds a file of each entry point, with all in it that it imports. */
async function singleFiles(root: string, entries: readonly string[], options: BuildOptions): Promise<SingleFile[]> {
  const { outputFiles, metafile } = await build({
    ...esbuildOptions,
    absWorkingDir: root,
    entryPoints: entries.map((path, i) => ({ in: path, out: String(i) })),
    // From where the maps see the sources: nothing is written.
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    ...options,
    plugins: [leaveOut, sdkRuntime, httpWithoutUndici, ...(options.plugins ?? [])],
    metafile: true,
    write: false,
  });
  const contents = new Map(outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]));
  return entries.map((_, i) => {
    const name = `${i}.mjs`;
    const file = { code: contents.get(name) ?? Buffer.of(), map: String(contents.get(`${name}.map`) ?? '') };
    const built = { ...file, metafile: partOf(metafile, name) };
    return options.format === 'cjs' ? built : withRequire(built);
  });
}

/** What esbuild tells of one output. */
function partOf({ inputs, outputs }: Metafile, name: string): Metafile {
  const output = outputs[name];
  if (!output) throw new Error(`esbuild built no ${name}`);
  return {
    inputs: Object.fromEntries(Object.entries(inputs).filter(([path]) => path in output.inputs)),
    outputs: { [name]: output },
  };
}

/** An ES module with what it needs to load a module of Node by `require`. */
function withRequire(file: SingleFile): SingleFile {
  const [output] = Object.values(file.metafile.outputs);
  if (!output?.imports.some(({ kind }) => kind === 'require-call')) return file;
  return { ...file, code: Buffer.concat([Buffer.from(REQUIRE), file.code]), map: aLineLower(file.map) };
}

/** The map, if there is one, of a code before which one line was put: each semicolon of its mappings ends a line. */
function aLineLower(map: string): string {
  if (map === '') return map;
  const { mappings, ...rest } = JSON.parse(map) as { mappings: string };
  return JSON.stringify({ ...rest, mappings: `;${mappings}` });
}

const fileOf = (packageName: string): string => `${packageName.replaceAll(/[^\w-]+/g, '-')}.mjs`;

/**
 * Leaves the packages that are imported on demand out of the bundles, where a cold start would have to read them, and
 * collects their names by what is imported instead. Within a package the same words mean what they always did.
 */
const apart = (root: string, names: Map<string, string>): Plugin => ({
  name: 'on demand',
  setup({ onResolve }) {
    onResolve({ filter: /^[@\w]/ }, ({ kind, path: name, importer }) => {
      if (kind !== 'dynamic-import' || name.startsWith('node:') || importer.includes('/node_modules/'))
        return undefined;
      const path = isNative(root, name) ? name : `./${fileOf(name)}`;
      names.set(path, name);
      return { path, external: true };
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
