import type { Language, Words } from './language.ts';

/** Where a command speaks: what it found goes to `out`, all that it says about it to `err`. */
export interface Terminal {
  readonly language: Language;
  /** Whether somebody looks at what `out` prints. */
  readonly seen: boolean;
  /** Whether somebody can be asked. */
  readonly asks: boolean;
  /** Columns of the screen. */
  readonly columns: number;
  readonly colours: boolean;
  readonly quiet: boolean;
  out(text: string): void;
  err(text: string): void;
  /** One of two texts. */
  say(words: Words): string;
}

/** How the terminal was asked to be, on the command line. */
interface Wishes {
  readonly quiet?: boolean;
  readonly colour?: boolean;
  readonly input?: boolean;
}

/** Colours are for a screen that knows them, and never for who said NO_COLOR (https://no-color.org). */
const hasColours = (stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';

export function openTerminal(env: NodeJS.ProcessEnv, language: Language, wishes: Wishes = {}): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    language,
    seen: stdout.isTTY === true,
    asks: wishes.input !== false && stdin.isTTY === true && stderr.isTTY === true,
    columns: Number(env.COLUMNS) || stdout.columns || 80,
    colours: wishes.colour !== false && hasColours(stdout, env),
    quiet: wishes.quiet === true,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    say: (words) => words[language],
  };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** The text in a colour, where there are colours. */
export const coloured = (terminal: Pick<Terminal, 'colours'>, colour: keyof typeof CODES, text: string): string =>
  terminal.colours && text ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;

/**
 * What was stored by somebody, fit for a terminal: no sequence that commands it, no line break in the middle of a row, no
 * mark that turns the direction of what follows.
 */
export const printable = (text: string): string =>
  text
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) => (one === '\u200d' ? one : '·'));
