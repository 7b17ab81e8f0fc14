/** How people of a language read it: a school in France or Senegal, and one in English. */
export const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

/**
 * How many are kept of each kind, more than there are time zones, or currencies, in both languages: whoever has more made
 * writes the same ones differently.
 */
const MOST_KEPT = 2_000;

// To make a format takes some hundred times as long as to write something with it, and a page or a card has hundreds of
// figures.
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

function kept<T>(made: Map<string, T>, locale: string, options: object, make: () => T): T {
  const name = locale + JSON.stringify(options);
  const known = made.get(name);
  if (known) return known;
  const format = make();
  if (made.size === MOST_KEPT) made.clear();
  made.set(name, format);
  return format;
}

/** The format of dates that is asked for, made once. @throws RangeError where there is no such time zone */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  kept(dates, locale, options, () => new Intl.DateTimeFormat(locale, options));

/** The format of numbers that is asked for, made once. @throws RangeError where a currency is no three letters */
export const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  kept(numbers, locale, options, () => new Intl.NumberFormat(locale, options));

/** How many decimals a currency has. @throws RangeError where it is no three letters */
export const decimalsOf = (currency: string): number =>
  numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;

/** Money in its currency's own way: `50 000 F CFA`. @param amount in minor units */
export const moneyIn = (locale: string, amount: number, currency: string): string =>
  numberFormat(locale, { style: 'currency', currency }).format(amount / 10 ** decimalsOf(currency));
