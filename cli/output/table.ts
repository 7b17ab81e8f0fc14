import width from 'fast-string-width';
import { coloured, type Terminal } from '../terminal.ts';
import { type Column, fieldOf } from './output.ts';
import { shown } from './shown.ts';

const GAP = '  ';
const LEAST = 6;

/** The text in as many columns of the screen, cut with `…` where it has more. */
export function fitted(text: string, columns: number, right = false): string {
  let cut = text;
  if (width(text) > columns) {
    const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
    while (letters.length > 0 && width(letters.join('')) > columns - 1) letters.pop();
    cut = `${letters.join('')}…`;
  }
  const room = ' '.repeat(Math.max(0, columns - width(cut)));
  return right ? room + cut : cut + room;
}

/**
 * How wide each column may be, so that a row fits the screen: the widest give way first.
 * @param whole columns that are of no use when they are cut
 * @returns undefined where no row can fit
 */
export function widthsFor(
  natural: readonly number[],
  columns: number,
  whole: readonly boolean[] = [],
): number[] | undefined {
  const widths = [...natural];
  const room = columns - GAP.length * (widths.length - 1);
  const total = () => widths.reduce((sum, one) => sum + one, 0);
  while (total() > room) {
    const most = Math.max(...widths.filter((_, i) => !whole[i]));
    if (most <= LEAST) return undefined;
    const widest = widths.findIndex((one, i) => one === most && !whole[i]);
    widths[widest] = most - 1;
  }
  return widths;
}

const isRight = ({ kind }: Column): boolean => kind === 'number' || kind === 'money';

/**
 * A table that fits the screen: columns in which nothing stands are left out. Where the screen is too narrow for a table,
 * a card for each.
 */
export function table(items: readonly object[], columns: readonly Column[], terminal: Terminal): string {
  const used = columns.filter(({ field }) =>
    items.some((item) => ![undefined, null].includes(fieldOf(item, field) as null)),
  );
  const titles = used.map(({ title }) => terminal.say(title));
  const rows = items.map((item) => used.map((one) => shown(item, one, terminal.language)));
  const natural = used.map((_, i) => Math.max(...[titles, ...rows].map((row) => width(row[i] ?? ''))));
  const widths = widthsFor(
    natural,
    terminal.columns,
    used.map(({ kind }) => /^(?:id|money|date)$/.test(kind)),
  );
  if (!widths) return items.map((item) => card(item, used, terminal)).join('\n');
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => fitted(cell, widths[i] ?? 0, isRight(used[i] as Column)))
      .join(GAP)
      .trimEnd();
  return [coloured(terminal, 'bold', line(titles)), ...rows.map(line)].map((one) => `${one}\n`).join('');
}

/** One thing, a line for each field. */
export function card(item: object, columns: readonly Column[], terminal: Terminal): string {
  const lines = columns
    .map((one) => [terminal.say(one.title), shown(item, one, terminal.language)] as const)
    .filter(([, value]) => value !== '');
  const most = Math.max(0, ...lines.map(([title]) => width(title)));
  return lines.map(([title, value]) => `${coloured(terminal, 'dim', fitted(title, most))}${GAP}${value}\n`).join('');
}
