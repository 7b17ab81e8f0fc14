import { startEngines, stopEngines } from '../tests/support/engines.ts';

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Prints figures, on the error stream: a benchmark's standard output is where the application logs. */
export function report(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures))
    process.stderr.write(`${value.toFixed(2).padStart(12)}  ${name}\n`);
}

/** Runs work on embedded engines of its own, with logging as in production. */
export async function withEngines(work: () => Promise<void>): Promise<void> {
  // It costs 40 ms a start and says nothing about us.
  delete process.env.NODE_EXTRA_CA_CERTS;
  process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
  await startEngines();
  try {
    await work();
  } finally {
    await stopEngines();
  }
}
