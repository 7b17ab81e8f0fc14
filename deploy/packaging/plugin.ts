import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Serverless, ServiceFunction } from '../../project/serverless.ts';
import { bundle, zip } from './bundle.ts';
import { nativeFiles } from './native.ts';

/**
 * Gives osls an archive of its own for each function: one minified ES module, `index.mjs`, one more for each
 * package that it loads on demand, such packages as they are that have a binary, and the files that the function's
 * `package.patterns` name.
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
  const sizes = await Promise.all(
    Object.entries(service.functions).map(([name, definition]) =>
      packageFunction(serviceDir, folder, name, definition),
    ),
  );
  writeFileSync(join(folder, 'sizes.json'), `${JSON.stringify(Object.fromEntries(sizes), null, 2)}\n`);
}

type Size = readonly [name: string, bytes: { readonly bundle: number; readonly archive: number }];

async function packageFunction(root: string, folder: string, name: string, definition: ServiceFunction): Promise<Size> {
  const separator = definition.handler.lastIndexOf('.');
  const { code, onDemand, native } = await bundle(root, definition.handler.slice(0, separator));
  const others = filesOf(root, definition.package?.patterns ?? []);
  const binaries = native.flatMap((one) => nativeFiles(root, one));
  const archive = await zip(new Map([['index.mjs', code], ...onDemand, ...binaries, ...others]));
  const artifact = join(folder, `${name}.zip`);
  writeFileSync(artifact, archive);
  definition.handler = `index${definition.handler.slice(separator)}`;
  definition.package = { individually: true, artifact };
  return [name, { bundle: code.length, archive: archive.length }];
}

const filesOf = (root: string, patterns: readonly string[]): [string, Buffer][] =>
  globSync([...patterns], { cwd: root })
    .sort()
    .map((path) => [path, readFileSync(join(root, path))]);
