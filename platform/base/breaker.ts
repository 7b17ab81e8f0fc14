import { clock } from './clock.ts';

/** When a circuit opens, and for how long. */
interface Patience {
  /** This many failures in a row open the circuit. */
  readonly failures: number;
  /** How long an open circuit lets nothing through, in milliseconds. */
  readonly openMs: number;
}

/**
 * A circuit breaker: after some failures in a row it lets nothing through for a while, then a single trial at a time
 * until one succeeds. It spares a caller the wait, and a service that recovers the crowd.
 */
export class Breaker {
  readonly #patience: Patience;
  #failures = 0;
  #openUntil = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Whether a call may go out now. The first one after a pause is the trial, and closes the door behind itself. */
  admits(): boolean {
    if (this.#failures < this.#patience.failures) return true;
    if (clock.now() < this.#openUntil) return false;
    this.#openUntil = clock.now() + this.#patience.openMs;
    return true;
  }

  /** Whole seconds until a call may go out again, at least one: what `Retry-After` says. */
  get retryAfter(): number {
    return Math.max(1, Math.ceil((this.#openUntil - clock.now()) / 1000));
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#failures >= this.#patience.failures) this.#openUntil = clock.now() + this.#patience.openMs;
  }
}
