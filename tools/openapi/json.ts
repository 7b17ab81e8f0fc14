/** A JSON object of any shape. */
export type JsonObject = Record<string, unknown>;

type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** Drops the members that are undefined, so that equal descriptions are equal texts. */
export const compact = <T extends object = JsonObject>(members: Loose<T>): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
