import { isCancel, Prompt } from '@clack/core';
import width from 'fast-string-width';
import { scoreOf } from '../commands/entries.ts';
import { Interrupted, Misuse } from '../failure.ts';
import type { Words } from '../language.ts';
import { fitted } from '../output/table.ts';
import { coloured, printable, type Terminal } from '../terminal.ts';

/** A student's line in the grid. */
export interface Row {
  readonly id: number;
  readonly name: string;
  /** What stands there before anything is typed. */
  readonly before: string;
}

/** What a cell may hold: a mark up to the highest, a word, or nothing. @returns its fault */
export function faultOf(typed: string, outOf: number): Words | undefined {
  try {
    const entered = scoreOf(typed);
    const score = 'score' in entered ? entered.score : undefined;
    if (score == null || (score >= 0 && score <= outOf)) return undefined;
    return { en: `from 0 to ${outOf}`, fr: `de 0 à ${outOf}` };
  } catch (error) {
    if (error instanceof Misuse) return error.said;
    throw error;
  }
}

const KEYS: Words = {
  en: 'Enter: next · ↑ ↓: move · a: absent, e: exempt, m: missing · Ctrl-S: save · Esc: leave',
  fr: 'Entrée : suivant · ↑ ↓ : se déplacer · a : absent, e : dispensé, m : non rendu · Ctrl-S : enregistrer · Échap : quitter',
};

const LETTER = /^[\p{L}\d.,]$/u;

/** Where the cursor is, what every cell holds, and whether it is to be saved. */
class Cells {
  readonly typed: string[];
  readonly rows: readonly Row[];
  readonly outOf: number;
  at = 0;
  saved = false;
  constructor(rows: readonly Row[], outOf: number) {
    this.rows = rows;
    this.outOf = outOf;
    this.typed = rows.map(({ before }) => before);
  }

  get here(): string {
    return this.typed[this.at] ?? '';
  }

  fault(at: number): Words | undefined {
    return faultOf(this.typed[at] ?? '', this.outOf);
  }

  press(
    char: string | undefined,
    { name, ctrl }: { readonly name?: string | undefined; readonly ctrl?: boolean | undefined },
  ): void {
    if (ctrl) this.saved = name === 's';
    else if (name === 'return' || name === 'down' || name === 'tab') this.#down(name === 'return');
    else if (name === 'up') this.at = Math.max(0, this.at - 1);
    else if (name === 'backspace') this.typed[this.at] = this.here.slice(0, -1);
    else if (name === 'delete') this.typed[this.at] = '';
    else if (char && LETTER.test(char) && this.here.length < 9) this.typed[this.at] = this.here + char;
  }

  /** The next line; a cell that is wrong holds whoever presses Enter, and Enter on the last one saves. */
  #down(enter: boolean): void {
    if (enter && this.fault(this.at)) return;
    if (this.at < this.rows.length - 1) this.at++;
    else this.saved = enter;
  }
}

function drawn(cells: Cells, title: string, terminal: Terminal): string {
  const room = Math.max(5, (process.stderr.rows || 24) - 5);
  const from = Math.max(0, Math.min(cells.at - Math.floor(room / 2), cells.rows.length - room));
  const most = Math.min(40, Math.max(...cells.rows.map(({ name }) => width(printable(name)))));
  const lines = cells.rows.slice(from, from + room).map(({ name, before }, i) => {
    const at = from + i;
    const [typed = '', fault] = [cells.typed[at], cells.fault(at)];
    const cell = at === cells.at ? `${typed}▏` : typed;
    const said = fault ? coloured(terminal, 'yellow', terminal.say(fault)) : '';
    const mark = at === cells.at ? coloured(terminal, 'cyan', '❯') : ' ';
    const changed = typed === before ? ' ' : '•';
    return `${mark} ${fitted(printable(name), most)}  ${changed} ${fitted(cell, 9)} ${said}`.trimEnd();
  });
  const filled = cells.typed.filter(Boolean).length;
  const head = `${coloured(terminal, 'bold', printable(title))}  ${filled}/${cells.rows.length}`;
  return [head, ...lines, coloured(terminal, 'dim', terminal.say(KEYS))].join('\n');
}

class GridPrompt extends Prompt<string> {
  readonly #cells: Cells;
  constructor(cells: Cells, render: () => string, wrong: () => string | undefined) {
    super({ output: process.stderr, render, validate: wrong }, false);
    this.#cells = cells;
    this.on('key', (char, key) => {
      cells.press(char, key);
      // What saves is the Enter of every other prompt.
      if (cells.saved && key.name === 's') this.input.emit('keypress', '\r', { name: 'return', sequence: '\r' });
    });
  }

  protected override _shouldSubmit(): boolean {
    return this.#cells.saved;
  }
}

/**
 * Lets somebody enter the marks of a class, a line a student, checked as they are typed.
 * @returns the cells that changed, by student
 * @throws Interrupted when it was left
 */
export async function askGrid(
  terminal: Terminal,
  title: string,
  rows: readonly Row[],
  outOf: number,
): Promise<Map<number, string>> {
  const cells = new Cells(rows, outOf);
  const wrong = () => {
    const at = rows.findIndex((_, i) => cells.fault(i));
    if (at < 0) return undefined;
    cells.saved = false;
    cells.at = at;
    return terminal.say(cells.fault(at) as Words);
  };
  const answer = await new GridPrompt(cells, () => drawn(cells, title, terminal), wrong).prompt();
  if (isCancel(answer)) throw new Interrupted();
  const changed = rows.flatMap(({ id, before }, i) => {
    const typed = cells.typed[i] ?? '';
    return typed === before ? [] : [[id, typed] as const];
  });
  return new Map(changed);
}
