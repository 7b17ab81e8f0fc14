import type {
  Assessment,
  Counts,
  Programme,
  Result,
  Scale,
  Subject,
} from '../../functions/grades/averages/vocabulary.ts';

/**
 * A school's arithmetic done once more, as whoever holds the sheet would do it: each figure on its own, from what is
 * printed right below it, with fractions that are made of the decimals' text. Slow, and written without a look at how
 * the application does it.
 */

/** A fraction, never shortened, its lower part above 0. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** "12.5" as 125/10. */
export function fraction(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n });
export const isAbove = (a: Fraction, b: Fraction): boolean => a.n * b.d > b.n * a.d;

const ZERO = fraction('0');

/** Whole hundredths, as the application keeps them, in the decimals that people read: 1525 is "15.25". */
export const written = (hundredths: number): string => {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** A fraction as it is printed: the third decimal decides, from 5 on up. */
export function printed({ n, d }: Fraction): string {
  const thousandths = (n * 1000n) / d;
  const hundredths = thousandths / 10n + (thousandths % 10n >= 5n ? 1n : 0n);
  return written(Number(hundredths));
}

interface Below {
  /** Points on the scale: a figure as printed, or a result. */
  readonly value: Fraction | undefined;
  readonly weight: string;
  readonly counts: Counts;
}

/** One figure, from what is printed right below it. */
function figureOf(below: readonly Below[], scale: Scale): string | undefined {
  let sum = ZERO;
  let weights = ZERO;
  const half = over(fraction(String(scale)), fraction('2'));
  for (const { value, weight, counts } of below) {
    if (value === undefined || counts === 'never') continue;
    if (counts === 'always') {
      sum = plus(sum, times(value, fraction(weight)));
      weights = plus(weights, fraction(weight));
    } else if (isAbove(value, half)) sum = plus(sum, times(minus(value, half), fraction(weight)));
  }
  if (weights.n === 0n) return undefined;
  const mean = over(sum, weights);
  return isAbove(mean, fraction(String(scale))) ? written(scale * 100) : printed(mean);
}

/** One student's results in a class, as entered. */
export interface Sheet {
  readonly programme: Programme;
  readonly student: number;
  readonly results: readonly (readonly [Assessment, Result | undefined])[];
}

/** Every figure there is on a card, by its path: `French/oral/devoirs`; the marks without a subject stand under `–`. */
export interface CardByHand {
  readonly figures: Readonly<Record<string, string>>;
  readonly general: string | undefined;
  /** The coefficients that are taken, and those of them that carry a figure. */
  readonly taken: Fraction;
  readonly covered: Fraction;
}

function worthOf([{ out_of }, result]: Sheet['results'][number], scale: Scale): Fraction | undefined {
  if (result === undefined) return undefined;
  if ('status' in result) return result.status === 'missing' ? ZERO : undefined;
  return times(over(fraction(written(result.score)), fraction(written(out_of))), fraction(String(scale)));
}

/** A whole card, from the bottom up. */
export function cardByHand({ programme, student, results }: Sheet): CardByHand {
  const { scale, categories, subjects } = programme;
  const figures: Record<string, string> = {};
  const note = (path: string, figure: string | undefined): Fraction | undefined => {
    if (figure !== undefined) figures[path] = figure;
    return figure === undefined ? undefined : fraction(figure);
  };

  function ofResults(path: string, own: Sheet['results']): Fraction | undefined {
    const list = (some: Sheet['results']): Below[] =>
      some.map((one) => ({
        value: worthOf(one, scale),
        weight: written(one[0].coefficient),
        counts: one[0].counts,
      }));
    if (categories.length === 0) return note(path, figureOf(list(own), scale));
    const isOf = (name: string | undefined, at: number) =>
      categories.some((category) => category.name === name) ? categories[at]?.name === name : at === 0;
    const below = categories.map(({ name, weight }, at): Below => {
      const within = own.filter(([{ category }]) => isOf(category, at));
      const value = note(`${path}/${name}`, figureOf(list(within), scale));
      return { value, weight: written(weight), counts: 'always' };
    });
    return note(path, figureOf(below, scale));
  }

  const of = (name: string | undefined) => results.filter(([{ subject }]) => subject === name);
  const takes = ({ students }: Subject) => students === undefined || students.indexOf(student) >= 0;

  function ofSubject(path: string, { name, coefficient, counts }: Subject): Below {
    const weighs = { weight: written(coefficient), counts: counts ?? 'always' };
    const children = subjects.filter((one) => one.parent === name && takes(one));
    if (children.length === 0) return { value: ofResults(path, of(name)), ...weighs };
    const parts = children.map((one) => ofSubject(`${path}/${one.name}`, one));
    const own: Below = { value: ofResults(`${path}/–`, of(name)), weight: '1', counts: 'always' };
    return { value: note(path, figureOf([...parts, own], scale)), ...weighs };
  }

  const declared = (name: string | undefined) => subjects.some((one) => one.name === name);
  const roots = subjects.filter((one) => !declared(one.parent) && takes(one)).map((one) => ofSubject(one.name, one));
  const others = [...new Set(results.map(([{ subject }]) => subject))].filter((name) => !declared(name));
  const strays = others.map(
    (name): Below => ({ value: ofResults(name ?? '–', of(name)), weight: '1', counts: 'always' }),
  );
  const all = [...roots, ...strays];
  const weigh = (some: readonly Below[]) =>
    some.filter(({ counts }) => counts === 'always').reduce((sum, { weight }) => plus(sum, fraction(weight)), ZERO);
  return {
    figures,
    general: figureOf(all, scale),
    taken: weigh([...roots, ...strays.filter(({ value }) => value)]),
    covered: weigh(all.filter(({ value }) => value)),
  };
}

/** A figure of a term made of terms: their printed general figures, each out of a scale of its own. */
export function yearByHand(
  terms: readonly { readonly general: string | undefined; readonly weight: string; readonly scale: Scale }[],
  scale: Scale,
): string | undefined {
  const below = terms.map(({ general, weight, scale: own }): Below => {
    const share = general === undefined ? undefined : over(fraction(general), fraction(String(own)));
    return { value: share && times(share, fraction(String(scale))), weight, counts: 'always' };
  });
  return figureOf(below, scale);
}
