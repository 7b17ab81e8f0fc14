import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const watched = ['functions', 'platform', 'localstack', 'serverless.yml'].filter((path) =>
  existsSync(`${root}/${path}`),
);
const flags = [...watched.map((path) => `--watch-path=${path}`), '--watch-preserve-output'];

// The data stays: a restart opens the same folder.
const campus = spawn(process.execPath, [...flags, 'localstack/start.mjs'], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => campus.kill('SIGTERM'));
campus.on('exit', (code) => process.exit(code ?? 0));
