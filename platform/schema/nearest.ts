/** Beyond this no name is meant, and the comparison would only cost. */
const LONGEST = 64;

/** How many letters must be put in, taken out, replaced or swapped with the next to make one text of another. */
export function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (rows[i - 2]?.[j - 2] ?? Infinity) + 1 : Infinity;
      row.push(
        Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (rows[i - 1]?.[j - 1] ?? 0) + same, swapped),
      );
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? Infinity;
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The name that is nearest to a mistyped one, upper case, dashes and underscores apart; undefined when none is near. */
export function nearest(mistyped: string, names: readonly string[]): string | undefined {
  const typed = bare(mistyped.slice(0, LONGEST));
  const near = names
    .map((name) => [distance(typed, bare(name)), name] as const)
    .filter(([far, name]) => far <= Math.max(1, Math.floor(bare(name).length / 3)))
    .sort(([a], [b]) => a - b);
  return near[0]?.[1];
}
