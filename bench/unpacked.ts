import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../deploy/packaging/bundle.ts';
import { projectRoot } from '../project/root.ts';

/** The code of Lambdas as it is deployed, in folders of their own, until it is disposed of. */
export class Unpacked implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'campus-bench-'));

  /** Bundles a Lambda, given its module without extension. @returns its folder, with `index.mjs` in it */
  async lambda(module: string): Promise<string> {
    const { code, onDemand } = await bundle(projectRoot, module);
    const folder = join(this.folder, module);
    for (const [path, content] of [['index.mjs', code] as const, ...onDemand]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return folder;
  }

  /** Puts a program beside a Lambda. @returns where it is */
  program(folder: string, name: string, code: string): string {
    const file = join(folder, name);
    writeFileSync(file, code);
    return file;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
