import type { Measured, Outcome } from './frame.ts';

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const reached = ({ better, goal, median }: Measured): boolean =>
  goal === undefined || (better === 'lower' ? median <= goal : median >= goal);

const goalOf = ({ better, goal, unit }: Measured): string =>
  goal === undefined ? '' : `${better === 'lower' ? '≤' : '≥'} ${digits(goal)} ${unit}`;

/** A measurement as people read it in a terminal. */
export function tableOf({ rows, doubts, skipped }: Outcome): string {
  const lines = rows.map((row) => {
    const figures = `${digits(row.median).padStart(8)} ${row.unit.padEnd(6)} best ${digits(row.best).padStart(7)}`;
    const goal = row.goal === undefined ? '' : `   (goal ${goalOf(row)}${reached(row) ? '' : ': not reached'})`;
    return `${figures}  ${row.what}${goal}`;
  });
  return [
    ...(skipped ? [`  not measured: ${skipped}`] : lines),
    ...doubts.map((doubt) => `  not to be believed: ${doubt}`),
  ].join('\n');
}
