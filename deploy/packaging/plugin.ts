import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { extname, join } from 'node:path';
import type { Serverless, ServiceFunction } from '../../project/serverless.ts';
import { type Bundle, bundles, moduleOf, zip } from './bundle.ts';
import { nativeFiles } from './native.ts';

/**
 * Gives osls an archive of its own for each function: one minified ES module, `index.mjs`, one more for each
 * package that it loads on demand, such packages as they are that have a binary, and the files that the function's
 * `package.patterns` name. Beside each archive stands the map of its code, for `npm run stack`.
 */
export default class Packaging {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless) {
    const pack = () => packageFunctions(serverless);
    this.hooks = {
      'before:package:createDeploymentArtifacts': pack,
      'before:deploy:function:packageFunction': pack,
    };
  }
}

async function packageFunctions({ serviceDir, service }: Serverless): Promise<void> {
  const folder = join(serviceDir, '.build/functions');
  mkdirSync(folder, { recursive: true });
  service.package.individually = true;
  const functions = Object.entries(service.functions);
  const modules = await bundles(
    serviceDir,
    functions.map(([, { handler }]) => moduleOf(handler)),
  );
  const sizes = functions.map(async ([name, definition]) => {
    const bundle = modules.get(moduleOf(definition.handler)) as Bundle;
    return [name, await packageFunction(serviceDir, join(folder, name), definition, bundle)] as const;
  });
  writeFileSync(
    join(folder, 'sizes.json'),
    `${JSON.stringify(Object.fromEntries(await Promise.all(sizes)), null, 2)}\n`,
  );
}

/** In bytes. */
interface Size {
  readonly bundle: number;
  readonly archive: number;
}

/** Writes `path.zip` and `path.map`, and tells osls of them. */
async function packageFunction(root: string, path: string, definition: ServiceFunction, bundle: Bundle): Promise<Size> {
  const { code, map, onDemand, native } = bundle;
  const others = filesOf(root, definition.package?.patterns ?? []);
  const binaries = native.flatMap((one) => nativeFiles(root, one));
  const files = new Map([['index.mjs', code], ...onDemand, ...binaries, ...others]);
  const archive = binaries.length > 0 ? await keptArchive(root, files) : await zip(files);
  const artifact = `${path}.zip`;
  writeFileSync(artifact, archive);
  writeFileSync(`${path}.map`, map);
  definition.handler = `index${extname(definition.handler)}`;
  definition.package = { individually: true, artifact };
  return { bundle: code.length, archive: archive.length };
}

/** How many large archives are kept: of every function that has a binary, today's and some of yesterday's. */
const MOST_KEPT = 12;

/** The archive of files that were packed before, or a new one: fifty megabytes of binary take seconds to be packed. */
async function keptArchive(root: string, files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const digest = createHash('sha256');
  for (const [path, content] of files) digest.update(`${path}\0${content.length}\0`).update(content);
  const folder = join(root, 'node_modules/.cache/campus/archives');
  const path = join(folder, `${digest.digest('hex')}.zip`);
  if (existsSync(path)) return readFileSync(path);
  const archive = await zip(files);
  mkdirSync(folder, { recursive: true });
  // Whole or not at all: another packaging may be at it.
  writeFileSync(`${path}.${process.pid}`, archive);
  renameSync(`${path}.${process.pid}`, path);
  forgetOldest(folder);
  return archive;
}

function forgetOldest(folder: string): void {
  const age = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const paths = readdirSync(folder).map((name) => join(folder, name));
  for (const path of paths.sort((a, b) => age(b) - age(a)).slice(MOST_KEPT)) rmSync(path, { force: true });
}

const filesOf = (root: string, patterns: readonly string[]): [string, Buffer][] =>
  globSync([...patterns], { cwd: root })
    .sort()
    .map((path) => [path, readFileSync(join(root, path))]);
