import type { Detail, Measured, Outcome } from './frame.ts';

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const reached = ({ better, goal, median }: Measured): boolean =>
  goal === undefined || (better === 'lower' ? median <= goal : median >= goal);

const goalOf = ({ better, goal, unit }: Measured): string =>
  goal === undefined ? '' : `${better === 'lower' ? '≤' : '≥'} ${digits(goal)} ${unit}`;

/** Lines of columns, each as wide as its widest cell. */
function columns({ head, rows }: Detail): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}

/** A measurement as people read it in a terminal. */
export function tableOf({ rows, detail, doubts, skipped }: Outcome): string {
  const lines = rows.map((row) => {
    const figures = `${digits(row.median).padStart(8)} ${row.unit.padEnd(6)} best ${digits(row.best).padStart(7)}`;
    const goal = row.goal === undefined ? '' : `   (goal ${goalOf(row)}${reached(row) ? '' : ': not reached'})`;
    return `${figures}  ${row.what}${goal}`;
  });
  return [
    ...(skipped ? [`  not measured: ${skipped}`] : lines),
    ...(detail ? columns(detail) : []),
    ...doubts.map((doubt) => `  not to be believed: ${doubt}`),
  ].join('\n');
}
