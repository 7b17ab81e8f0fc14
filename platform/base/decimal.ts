/** A decimal number as it is written: `units` tenths, hundredths, … of which `scale` make one. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: bigint;
}

/** The decimal number that people see for a finite number: 0.1 is one tenth, whatever binary makes of it. */
export function decimalOf(value: number): Decimal {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  const places = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return places < 0 ? { units: units * 10n ** BigInt(-places), scale: 1n } : { units, scale: 10n ** BigInt(places) };
}

/** A quotient as a whole number, half up. Neither is negative, `divisor` is not 0; exact, however large they are. */
export const roundedQuotient = (dividend: bigint, divisor: bigint): number =>
  Number((2n * dividend + divisor) / (2n * divisor));
