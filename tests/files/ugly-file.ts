/** A file as schools send them, and what must come of it. */
export interface UglyFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** What its rows say, each behind its number, what cannot be read marked by `!`; or why nothing can be made of it. */
  readonly becomes: readonly string[] | string;
}
