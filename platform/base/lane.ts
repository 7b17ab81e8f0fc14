import pLimit from 'p-limit';
import { problem } from './problems.ts';

/** How many may be at work in a lane at once, and how many may wait for their turn. */
interface Capacity {
  readonly atOnce: number;
  readonly waiting: number;
  /** What is said when it is full; busy unless given. */
  readonly full?: () => Error;
}

/**
 * A queue with an end, for work that would take everything there is: what it cannot take on soon it refuses at once,
 * rather than have it wait longer than anybody does.
 */
export class Lane {
  readonly #capacity: Capacity;
  readonly #limit: ReturnType<typeof pLimit>;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
    this.#limit = pLimit(capacity.atOnce);
  }

  get atWork(): number {
    return this.#limit.activeCount;
  }

  /** How many are at work or wait. */
  get taken(): number {
    return this.atWork + this.#limit.pendingCount;
  }

  /** @throws what is said when it is full */
  mustHaveRoom(): void {
    const { atOnce, waiting, full = problem.busy } = this.#capacity;
    if (this.taken >= atOnce + waiting) throw full();
  }

  /** Does the work when it is its turn. @throws what the work throws, what is said when the lane is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.mustHaveRoom();
    return this.#limit(work);
  }
}
