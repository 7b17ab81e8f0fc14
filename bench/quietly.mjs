/**
 * Runs a measurement without what it writes to standard output: the log lines of the handlers that it calls. Its
 * results go to standard error. In place of `> /dev/null`, which Windows does not have.
 */
import { spawn } from 'node:child_process';

const child = spawn(process.execPath, process.argv.slice(2), { stdio: ['inherit', 'ignore', 'inherit'] });
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
