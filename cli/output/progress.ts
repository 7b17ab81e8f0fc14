import type { Terminal } from '../terminal.ts';
import { bar } from './chart.ts';
import { number } from './shown.ts';

/** How often it is drawn anew: more is flicker. */
const EACH_MS = 100;

/** How far something is that takes its time. */
export interface Progress {
  /** @param of how many there are in all, where that is known */
  at(done: number, of?: number): void;
  /** Takes it off the screen. */
  end(): void;
}

const time = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  return minutes > 0 ? `${minutes} min ${String(rest).padStart(2, '0')}` : `${rest} s`;
};

/** Bytes as people read them. */
export function bytesShown(bytes: number, language: Terminal['language']): string {
  const [kilo, mega] = { en: ['KB', 'MB'], fr: ['Ko', 'Mo'] }[language];
  return bytes < 1_000_000
    ? `${number(bytes / 1000, language, 1)} ${kilo}`
    : `${number(bytes / 1_000_000, language, 1)} ${mega}`;
}

/** One line of it: a bar where the end is known, how many, how fast, and how long still. */
export function progressLine(
  terminal: Pick<Terminal, 'columns' | 'language'>,
  shown: (count: number) => string,
  { done, of, seconds }: { readonly done: number; readonly of: number | undefined; readonly seconds: number },
): string {
  const { language, columns } = terminal;
  const rate = seconds > 0 ? done / seconds : 0;
  const speed = rate > 0 ? `${shown(rate)}/s` : '';
  if (of === undefined) return [shown(done), speed].filter(Boolean).join('  ').slice(0, columns);
  const left =
    rate > 0 && done < of
      ? { en: `${time((of - done) / rate)} left`, fr: `reste ${time((of - done) / rate)}` }[language]
      : '';
  const text = [`${shown(done)} / ${shown(of)}`, speed, left].filter(Boolean).join('  ');
  const room = Math.min(30, columns - text.length - 4);
  if (room < 5) return text.slice(0, columns);
  return `▕${bar(of > 0 ? done / of : 1, room).padEnd(room)}▏ ${text}`;
}

/** Draws how far something is, on the error output, where somebody looks; nowhere else. */
export function progressOf(terminal: Terminal, shown: (count: number) => string): Progress {
  if (terminal.quiet || process.stderr.isTTY !== true) return { at: () => {}, end: () => {} };
  const began = Date.now();
  let last = 0;
  return {
    at(done, of) {
      if (Date.now() - last < EACH_MS && done !== of) return;
      last = Date.now();
      terminal.err(`\r\u001b[2K${progressLine(terminal, shown, { done, of, seconds: (last - began) / 1000 })}`);
    },
    end: () => terminal.err('\r\u001b[2K'),
  };
}
