import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../localstack/settings.ts';

const LEFT_OUT = new Set(['.build', '.campus', '.git', '.serverless', '.venv', 'coverage', 'node_modules']);

const SCRIPT_TIMEOUT_MS = 480_000;

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a script of package.json in a folder, on this input, and returns its exit code and what it printed. */
export async function runScript(
  folder: string,
  script: string,
  env: Record<string, string> = {},
  input = '',
): Promise<Ran> {
  const child = spawn('npm', ['run', '--silent', ...script.split(' ')], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: SCRIPT_TIMEOUT_MS,
  });
  child.stdin.end(input);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const [code] = await once(child, 'close');
  return { code: code as number | null, output: printed.join('') };
}

/** A copy of what is deployed, to be changed at will. */
export class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'campus-copy-'));

  constructor() {
    const names = readdirSync(projectRoot).filter((name) => !LEFT_OUT.has(name));
    for (const name of names) cpSync(join(projectRoot, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Replaces a text that must occur in a file. */
  edit(file: string, text: string, replacement: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    if (!before.includes(text)) throw new Error(`${file} does not contain ${text}`);
    writeFileSync(path, before.replaceAll(text, replacement));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
