import { EXIT, Failure, Interrupted, Refused } from './failure.ts';
import { coloured, printable, type Terminal } from './terminal.ts';

/** What a failure says, in lines: what is wrong, and below it what may be done. */
function linesOf(error: unknown, terminal: Terminal): string[] {
  if (error instanceof Refused)
    return [...error.lines(terminal.language), ...(error.exit === EXIT.signedOut ? ['  campus login'] : [])];
  if (error instanceof Failure)
    return [terminal.say(error.said), ...(error.hint ? [`  ${terminal.say(error.hint)}`] : [])];
  return [error instanceof Error ? error.message : String(error)];
}

/** Tells why something failed: on the error output, in the reader's language, without a stack. @returns the exit code */
export function tell(error: unknown, terminal: Terminal): number {
  if (error instanceof Interrupted) return EXIT.interrupted;
  const mark = coloured(terminal, 'red', terminal.say({ en: 'Error:', fr: 'Erreur :' }));
  const [first = '', ...rest] = linesOf(error, terminal).map(printable);
  terminal.err([`${mark} ${first}`, ...rest].map((line) => `${line}\n`).join(''));
  return error instanceof Refused || error instanceof Failure ? error.exit : EXIT.failed;
}
