import width from 'fast-string-width';
import { wrapAnsi as wrap } from 'fast-wrap-ansi';
import type { Command, Value } from './declare.ts';
import { type Words, words } from './language.ts';
import { coloured, type Terminal } from './terminal.ts';

/** What the help tells of an option. */
export type Shown = Pick<Value<unknown>, 'shown' | 'about' | 'choices'>;

/** Options that every command knows. */
export const COMMON = {
  json: { about: words('print JSON', 'imprimer du JSON') },
  csv: { about: words('print CSV', 'imprimer du CSV') },
  quiet: { about: words('say nothing but what was asked for', 'ne rien dire que ce qui est demandé') },
  profile: { shown: 'NAME', about: words('the school (campus profiles)', "l'école (campus profiles)") },
  'no-input': { about: words('ask nothing', 'ne rien demander') },
  'no-color': { about: words('no colours', 'pas de couleurs') },
  help: { about: words('this text', 'ce texte') },
} as const satisfies Record<string, Shown>;

/** What the whole of it is. */
export const ABOUT = words('The school office at a terminal.', 'Le bureau de l’école, au terminal.');

/** What stands below its help. */
export const END = words(
  'Without a command, campus opens its menu. campus <command> --help tells more.',
  'Sans commande, campus ouvre son menu. campus <commande> --help en dit plus.',
);

const HEADINGS = {
  usage: words('Usage', 'Usage'),
  examples: words('Examples', 'Exemples'),
  arguments: words('Arguments', 'Arguments'),
  options: words('Options', 'Options'),
  everywhere: words('Options of every command', 'Options de toutes les commandes'),
  commands: words('Commands', 'Commandes'),
} as const;

/** An argument as a usage line has it: `<id>`, `[name...]`. */
export function argumentShown(name: string, { optional, many }: Value<unknown>): string {
  const inside = `${name.replaceAll('_', '-')}${many ? '...' : ''}`;
  return optional ? `[${inside}]` : `<${inside}>`;
}

/** An option as the help has it: `--class CLASS`. */
export const optionShown = (name: string, { shown }: { readonly shown?: string }): string =>
  `--${name.replaceAll('_', '-')}${shown ? ` ${shown}` : ''}`;

/** How a command is called. */
export function usageOf(path: string, { args = {}, options = {} }: Pick<Command, 'args' | 'options'>): string {
  const words = Object.entries(args).map(([name, value]) => argumentShown(name, value));
  return [`campus ${path}`, ...words, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ');
}

/** Two columns, the second wrapped beside the first. */
function pairs(lines: readonly (readonly [string, string])[], terminal: Terminal): string {
  const left = Math.min(34, Math.max(...lines.map(([name]) => width(name))));
  const room = Math.max(24, Math.min(terminal.columns, 100) - left - 4);
  return lines
    .map(([name, about]) => {
      const [first = '', ...rest] = wrap(about, room).split('\n');
      const head =
        width(name) > left ? `${name}\n${' '.repeat(left + 4)}` : `${name}${' '.repeat(left - width(name) + 2)}`;
      return [`  ${head}${first}`, ...rest.map((line) => ' '.repeat(left + 4) + line)].join('\n');
    })
    .join('\n');
}

function section(terminal: Terminal, heading: keyof typeof HEADINGS, body: string): string {
  return `${coloured(terminal, 'bold', terminal.say(HEADINGS[heading]))}\n${body}\n`;
}

const optionPairs = (options: Readonly<Record<string, Shown>>, terminal: Terminal): [string, string][] =>
  Object.entries(options).map(([name, value]) => [optionShown(name, value), terminal.say(value.about)]);

/** The help of one command: examples first, since they are what is read. */
export function commandHelp(path: string, one: Command, terminal: Terminal): string {
  const { args = {}, options = {}, examples } = one;
  const shown = Object.entries(args).map(
    ([name, value]) => [argumentShown(name, value), terminal.say(value.about)] as const,
  );
  const sections = [
    `${terminal.say(one.about)}\n`,
    section(terminal, 'usage', `  ${usageOf(path, one)}`),
    section(
      terminal,
      'examples',
      examples.map(([line, about]) => `  ${line}\n      ${terminal.say(about)}`).join('\n'),
    ),
    shown.length > 0 && section(terminal, 'arguments', pairs(shown, terminal)),
    Object.keys(options).length > 0 && section(terminal, 'options', pairs(optionPairs(options, terminal), terminal)),
    section(terminal, 'everywhere', pairs(optionPairs(COMMON, terminal), terminal)),
  ];
  return sections.filter(Boolean).join('\n');
}

/** The help of what holds commands. */
export function groupHelp(
  path: string,
  about: Words,
  commands: readonly (readonly [name: string, about: Words])[],
  terminal: Terminal,
  end?: Words,
): string {
  const lines = commands.map(([name, what]) => [name, terminal.say(what)] as const);
  const usage = `  campus ${path ? `${path} ` : ''}<${terminal.say(words('command', 'commande'))}>`;
  return [
    `${terminal.say(about)}\n`,
    section(terminal, 'usage', usage),
    section(terminal, 'commands', pairs(lines, terminal)),
    section(terminal, 'everywhere', pairs(optionPairs(COMMON, terminal), terminal)),
    ...(end ? [`${terminal.say(end)}\n`] : []),
  ].join('\n');
}
