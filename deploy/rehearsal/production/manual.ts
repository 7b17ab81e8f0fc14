import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../project/root.ts';

/** The chapters of docs/deploy.md that are followed, command by command. */
export const FOLLOWED = ['From an empty account to a running school', 'Backup and restore', 'Taking it away'] as const;

/** A command that is not run, and why. */
export interface NotRun {
  /** What it begins with. */
  readonly command: string;
  readonly reason: string;
}

export const NOT_RUN: readonly NotRun[] = [
  { command: 'aws sso login', reason: 'an emulator takes whoever comes' },
  { command: 'aws login', reason: 'the same' },
  { command: 'gh api', reason: 'it asks GitHub' },
  { command: 'npm run ci:deploy', reason: 'it is what runs here' },
  { command: 'npm ci', reason: 'the first step of CI, and here the copy of the project shares what that installed' },
];

const PROGRAM = /^(?:[A-Z_]+=(?:<[^>]+>|\S+) )*(?:aws|gh|npm|npx) \S/;

const uncommented = (line: string): string => line.replace(/\s+#.*/, '').trim();

/** The text of a chapter, up to the next heading of any rank. */
function chapter(markdown: string, title: string): string {
  const [, rest] = markdown.split(`\n## ${title}\n`);
  if (rest === undefined) throw new Error(`there is no chapter ${title}`);
  return rest.split(/\n##+ /)[0] ?? '';
}

/** The commands of chapters, fenced or in a line, in the order in which they stand; `a && b` are two. */
export function commandsOf(markdown: string, titles: readonly string[] = FOLLOWED): string[] {
  const texts = titles.map((title) => chapter(markdown, title));
  const pieces = texts.flatMap((text) =>
    text.split(/^ *```$/m).flatMap((part, i) => {
      if (i % 2 === 1) return part.split('\n').map(uncommented);
      return [...part.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
    }),
  );
  return pieces.flatMap((piece) => piece.split(' && ')).filter((piece) => PROGRAM.test(piece));
}

/**
 * A command with what its reader would put in.
 * @param values what is replaced, a placeholder or an example, by what
 * @throws Error where that is not in it, or a placeholder is left
 */
export function filled(command: string, values: Readonly<Record<string, string>>): string {
  const text = Object.entries(values).reduce((before, [name, value]) => {
    if (!before.includes(name)) throw new Error(`"${command}" has no ${name}`);
    return before.replaceAll(name, value);
  }, command);
  const [open] = /<\w[^>]*>/.exec(text) ?? [];
  if (open) throw new Error(`"${command}": what is ${open}?`);
  return text;
}

/** The manual as it is followed: what was taken from it, and what is left. */
export class Manual {
  readonly #commands = commandsOf(readFileSync(join(projectRoot, 'docs/deploy.md'), 'utf8'));
  readonly #taken = new Set<string>();

  /** The command that is like this. @throws Error where there is none, or more than one */
  take(like: RegExp): string {
    const found = [...new Set(this.#commands.filter((command) => like.test(command)))];
    const [command] = found;
    if (command === undefined || found.length > 1)
      throw new Error(`docs/deploy.md has ${found.length} commands like ${like}`);
    this.#taken.add(command);
    return command;
  }

  /** What was neither taken nor has a reason. */
  left(): string[] {
    const excused = (command: string) => NOT_RUN.some((one) => command.startsWith(one.command));
    return this.#commands.filter((command) => !this.#taken.has(command) && !excused(command));
  }
}
