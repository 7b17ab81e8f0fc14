import type { Visit } from './visit.ts';

/** The most rows that a form of rows has. */
const MOST_ROWS = 60;

export type Row<N extends string> = Readonly<Partial<Record<N, string | undefined>>>;

/** Whether a form was sent, and not only asked for. */
export const isSent = ({ event }: Visit): boolean => event.httpMethod === 'POST';

/**
 * The rows of a list in a form, whose controls are called `contacts.0.name`: as they were typed, without those that were
 * left empty, so that a service counts them as the form shows them again; before that, as they are stored.
 */
export function rowsOf<const N extends string>(
  visit: Visit,
  list: string,
  names: readonly N[],
  stored: readonly Row<N>[],
): Row<N>[] {
  if (!isSent(visit)) return [...stored];
  const typed = Array.from({ length: MOST_ROWS }, (_, i) =>
    names.map((name) => [name, visit.typed(`${list}.${i}.${name}`).trim()] as const),
  );
  return typed
    .filter((row) => row.some(([, text]) => text !== ''))
    .map((row) => Object.fromEntries(row.filter(([, text]) => text !== '')) as Row<N>);
}

/** The rows by the names of their controls, for the form that shows them. */
export const rowValues = <N extends string>(list: string, rows: readonly Row<N>[]): Record<string, string> =>
  Object.fromEntries(
    rows.flatMap((row, i) =>
      Object.entries<string | undefined>(row).map(([name, text = '']) => [`${list}.${i}.${name}`, text]),
    ),
  );
