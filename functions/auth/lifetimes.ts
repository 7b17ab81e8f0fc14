/** How long an access token lives, in seconds. */
export const ACCESS_SECONDS = 15 * 60;

/** How far two clocks may be apart, in seconds. */
export const CLOCK_TOLERANCE = 30;

/** A session ends after this long without use, in seconds. */
const IDLE_SECONDS = 3600;

/** However busy it is, it ends after this long, in seconds: then the password is asked again. */
const LONGEST_SECONDS = 30 * 24 * 3600;

/**
 * When a session ends that nobody uses again, in epoch seconds. Use shows only when a pair of tokens is given out, and
 * its access token may be used until it expires, so the hour begins there: a session ends between 60 and 75 minutes
 * after its last use, never earlier.
 * @param pairAt when the last pair was given out
 */
export const endOf = (pairAt: number, openedAt: number): number =>
  Math.min(pairAt + ACCESS_SECONDS + IDLE_SECONDS, openedAt + LONGEST_SECONDS);
