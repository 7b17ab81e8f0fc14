import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../project/root.ts';
import type { Exchange } from './conformance.ts';

/** Where the exchanges of a test run are kept for `npm run examples`. */
export const exchangesFolder = join(projectRoot, '.build/exchanges');

/** Keeps an exchange, when the run is to yield examples. Each test process has a file of its own. */
export function record(exchange: Exchange): void {
  if (process.env.CAMPUS_EXAMPLES !== 'record') return;
  mkdirSync(exchangesFolder, { recursive: true });
  appendFileSync(join(exchangesFolder, `${process.pid}.jsonl`), `${JSON.stringify(exchange)}\n`);
}
