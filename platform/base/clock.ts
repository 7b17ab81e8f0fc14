/** The one source of time, so that a test can move it. */
export const clock = {
  /** Milliseconds since the epoch. */
  now: (): number => Date.now(),
};

/** The present instant, ISO 8601 in UTC. */
export const timestamp = (): string => new Date(clock.now()).toISOString();

/** The present instant in whole seconds since the epoch, the unit of JWT claims and of DynamoDB's time to live. */
export const epochSeconds = (): number => Math.floor(clock.now() / 1000);
