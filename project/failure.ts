/** Something the person at the terminal can put right: its message is the one line they get. */
export class StartFailure extends Error {
  override name = 'StartFailure';
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
