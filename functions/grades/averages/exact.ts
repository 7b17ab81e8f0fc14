const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

/** The smallest whole number that both, being above 0, divide. */
export const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / greatestCommonDivisor(a, b)) * b;

/** The largest whole number whose square is not above `n`, which is not negative. */
export function rootBelow(n: bigint): bigint {
  if (n === 0n) return 0n;
  // Newton's steps in whole numbers, from above the root: they fall until they have reached it.
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
