import { ConfirmPrompt, isCancel, PasswordPrompt, type Prompt, SelectPrompt, TextPrompt } from '@clack/core';
import { Interrupted, Misuse } from '../failure.ts';
import type { Words } from '../language.ts';
import { coloured, printable, type Terminal } from '../terminal.ts';

/** Questions are no output: they go where messages go, so that what a command prints can be piped on. */
const output = process.stderr;

/** A line that is asked for. */
export interface Question {
  readonly question: Words;
  /** What is wrong with what was typed so far, undefined when nothing is. */
  readonly fault?: (typed: string) => Words | undefined;
  readonly initial?: string;
}

/** What reading a text throws, as a fault to show while it is typed. */
export const faultOf =
  (read: (typed: string) => unknown) =>
  (typed: string): Words | undefined => {
    try {
      read(typed);
      return undefined;
    } catch (error) {
      if (error instanceof Misuse) return error.said;
      throw error;
    }
  };

/** @throws Interrupted when it was broken off */
async function answered<T>(prompt: Pick<Prompt<T>, 'prompt'>): Promise<T> {
  const answer = await prompt.prompt();
  if (isCancel(answer)) throw new Interrupted();
  return answer as T;
}

const marked = (terminal: Terminal, state: string, question: string): string => {
  const mark =
    state === 'submit'
      ? coloured(terminal, 'green', '✓')
      : state === 'cancel'
        ? coloured(terminal, 'red', '✗')
        : coloured(terminal, 'cyan', '?');
  return `${mark} ${coloured(terminal, 'bold', question)}`;
};

/** Asks for a line, and says while it is typed what is wrong with it. @throws Interrupted */
export async function line(terminal: Terminal, { question, fault, initial }: Question): Promise<string> {
  const said = (typed: string): string | undefined => {
    const found = fault?.(typed);
    return found && terminal.say(found);
  };
  const answer = await answered(
    new TextPrompt({
      output,
      ...(initial !== undefined && { initialUserInput: initial }),
      validate: (typed) => said(typed ?? ''),
      render() {
        const head = marked(terminal, this.state, terminal.say(question));
        if (this.state === 'submit' || this.state === 'cancel') return `${head}  ${this.userInput}`;
        const wrong = this.userInput === '' && this.state !== 'error' ? undefined : said(this.userInput);
        return `${head}  ${this.userInputWithCursor}${wrong ? `\n  ${coloured(terminal, 'yellow', wrong)}` : ''}`;
      },
    }),
  );
  return answer ?? '';
}

/** Asks for what nobody looking on may read. @throws Interrupted */
export async function hidden(terminal: Terminal, question: Words): Promise<string> {
  const empty = { en: 'it is empty', fr: "c'est vide" };
  return answered(
    new PasswordPrompt({
      output,
      mask: '•',
      validate: (typed) => (typed ? undefined : terminal.say(empty)),
      render() {
        const head = marked(terminal, this.state, terminal.say(question));
        return this.state === 'submit' || this.state === 'cancel' ? head : `${head}  ${this.masked}`;
      },
    }),
  );
}

/** A choice among several. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
}

const PAGE = 12;

/** Lets somebody choose with the arrow keys. @throws Interrupted */
export async function chosen<T>(terminal: Terminal, question: Words, choices: readonly Choice<T>[]): Promise<T> {
  return answered(
    new SelectPrompt<Choice<T>>({
      output,
      options: [...choices],
      render() {
        const head = marked(terminal, this.state, terminal.say(question));
        if (this.state === 'submit') return `${head}  ${printable(choices[this.cursor]?.label ?? '')}`;
        if (this.state === 'cancel') return head;
        const from = Math.max(0, Math.min(this.cursor - PAGE + 3, choices.length - PAGE));
        const shown = choices.slice(from, from + PAGE).map(({ label }, i) => {
          const here = from + i === this.cursor;
          return here ? coloured(terminal, 'cyan', `❯ ${printable(label)}`) : `  ${printable(label)}`;
        });
        return [
          head,
          ...shown,
          ...(choices.length > PAGE ? [coloured(terminal, 'dim', `  ${this.cursor + 1}/${choices.length}`)] : []),
        ].join('\n');
      },
    }),
  ) as Promise<T>;
}

/** Asks whether something is meant; no is the answer of whoever just presses Enter. @throws Interrupted */
export async function confirmed(terminal: Terminal, question: Words): Promise<boolean> {
  const [yes, no] = terminal.language === 'fr' ? ['oui', 'non'] : ['yes', 'no'];
  return answered(
    new ConfirmPrompt({
      output,
      active: yes,
      inactive: no,
      initialValue: false,
      render() {
        const head = marked(terminal, this.state, terminal.say(question));
        const both = [yes, no].map((word, i) =>
          i === this.cursor ? coloured(terminal, 'cyan', `❯ ${word}`) : `  ${word}`,
        );
        return this.state === 'submit' ? `${head}  ${this.value ? yes : no}` : `${head} ${both.join(' ')}`;
      },
    }),
  );
}
