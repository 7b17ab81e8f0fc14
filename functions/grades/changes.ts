import * as z from 'zod';
import { canonicalJson } from '../../platform/http/canonical.ts';

/** A setting as a history tells it. */
const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]);
type Value = z.input<typeof Value>;

/** What something is made of, by name; what is not there is not set. */
export type Fields = Readonly<Record<string, Value | undefined>>;

/** One thing that became another: without `from` it was not set before, without `to` it no longer is. */
export const ChangeView = z.object({ field: z.string(), from: Value.optional(), to: Value.optional() });
export type Change = z.input<typeof ChangeView>;

/** One change of a history: by whom, when, and from what to what. */
export const HistoryLine = z.object({
  by: z.string(),
  at: z.iso.datetime(),
  /** The version that it made. */
  version: z.int(),
  changes: z.array(ChangeView),
});
export type HistoryLine = z.input<typeof HistoryLine>;

/** What differs between two states of something, in the order of their names. */
export function changesBetween(before: Fields, after: Fields): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((field): Change[] => {
    const [from, to] = [before[field], after[field]];
    if (canonicalJson(from) === canonicalJson(to)) return [];
    return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}
