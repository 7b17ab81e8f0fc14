/**
 * The attributes of an item that are to be others (undefined where one is to go); undefined where all are as they should
 * be already.
 */
export function changesTo(
  item: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const changes = Object.entries(wanted).filter(([name, value]) => item[name] !== value);
  return changes.length > 0 ? Object.fromEntries(changes) : undefined;
}
