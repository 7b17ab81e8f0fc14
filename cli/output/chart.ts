import { coloured, type Terminal } from '../terminal.ts';

const LEVELS = '▁▂▃▄▅▆▇█';
const EIGHTHS = ' ▏▎▍▌▋▊▉';

/** Marks in their order, as heights: `▃▅▇`. @param most what the highest bar stands for */
export const sparkline = (values: readonly number[], most: number): string =>
  values.map((value) => LEVELS[Math.min(7, Math.max(0, Math.round((value / most) * 7)))]).join('');

/** A bar of so many columns, to an eighth of one. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * columns * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 ? (EIGHTHS[eighths % 8] ?? '') : '');
}

/**
 * How many marks lie in each part of the scale, a line each. Parts outside the first and last that have any are left out.
 * @param counts in as many equal parts of the scale, the highest mark in the last
 */
export function histogram(counts: readonly number[], scale: number, terminal: Terminal): string {
  const first = counts.findIndex(Boolean);
  if (first < 0) return '';
  const last = counts.findLastIndex(Boolean);
  const step = scale / counts.length;
  const most = Math.max(...counts);
  const label = (part: number) => `${part * step}–${(part + 1) * step}`;
  const wide = Math.max(label(first).length, label(last).length);
  const room = Math.max(8, Math.min(40, terminal.columns - wide - String(most).length - 4));
  return counts
    .slice(first, last + 1)
    .map((count, i) => {
      const drawn = bar(count / most, room);
      return `${label(first + i).padStart(wide)}  ${coloured(terminal, 'cyan', drawn)}${drawn ? ' ' : ''}${count}\n`;
    })
    .join('');
}
