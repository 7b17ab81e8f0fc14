import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from './root.ts';

const LEFT_OUT = new Set(['.build', '.campus', '.git', '.serverless', '.venv', 'coverage', 'node_modules']);

/** A copy of what is deployed, to be changed at will; it goes with the end of its block. */
export class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'campus-copy-'));

  constructor() {
    const names = readdirSync(projectRoot).filter((name) => !LEFT_OUT.has(name));
    for (const name of names) cpSync(join(projectRoot, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** The text of a file. */
  textOf(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** Writes a file, in a folder that may be new. */
  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Replaces a text that must occur in a file. */
  edit(file: string, text: string, replacement: string): void {
    const path = join(this.folder, file);
    const before = this.textOf(file);
    if (!before.includes(text)) throw new Error(`${file} does not contain ${text}`);
    writeFileSync(path, before.replaceAll(text, replacement));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
