/** A JSON object of any shape. */
export type JsonObject = Record<string, unknown>;

/** Drops the members that are undefined, so that equal descriptions are equal texts. */
export const compact = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
