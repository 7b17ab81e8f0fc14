import { messageOf } from '../../project/failure.ts';

/** What a rehearsal counts. */
export interface Tally {
  passed: number;
  failed: number;
}

/** Runs steps one after the other, each a promise that is kept or broken, and goes on after one that failed. */
export class Steps {
  readonly tally: Tally = { passed: 0, failed: 0 };

  async step(promise: string, keep: () => Promise<void>): Promise<boolean> {
    const started = Date.now();
    try {
      await keep();
      this.tally.passed += 1;
      say(`✓ ${promise} (${seconds(started)})`);
      return true;
    } catch (error) {
      this.tally.failed += 1;
      say(`✗ ${promise} (${seconds(started)})\n  ${messageOf(error)}`);
      return false;
    }
  }

  /** Adds what another test runner counted. */
  add({ passed, failed }: Tally): void {
    this.tally.passed += passed;
    this.tally.failed += failed;
  }
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Prints a line. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** @throws Error with the message unless the condition holds */
export function expect(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
