import { CommanderError, Command as Program } from 'commander';
import { type Catalogue, type Entry, isGroup } from './catalogue.ts';
import type { Command, Value, Values } from './declare.ts';
import { Misuse } from './failure.ts';
import { ABOUT, argumentShown, commandHelp, END, groupHelp, optionShown } from './help.ts';
import { type Words, words } from './language.ts';
import type { Terminal } from './terminal.ts';

/** What was given for the options of every command. */
export interface Common {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly quiet?: boolean;
  readonly profile?: string;
  readonly input?: boolean;
  readonly color?: boolean;
}

/** What a command line means: the command, and what it is given. */
export interface Meant {
  readonly path: string;
  readonly command: Command;
  readonly given: Readonly<Record<string, unknown>>;
  readonly common: Common;
}

/** What a command line asks for: a command to run, or a text to print. */
export type Asked = { readonly meant: Meant } | { readonly help: string };

const MISUSES: readonly [code: RegExp, said: (name: string) => Words][] = [
  [/unknownOption/, (name) => words(`there is no option ${name}`, `il n'y a pas d'option ${name}`)],
  [/unknownCommand/, (name) => words(`there is no command ${name}`, `il n'y a pas de commande ${name}`)],
  [/missingArgument/, (name) => words(`${name} is missing`, `${name} manque`)],
  [/optionMissingArgument/, (name) => words(`${name}: its value is missing`, `${name} : sa valeur manque`)],
  [/excessArguments/, () => words('too many words', 'trop de mots')],
  [/conflictingOption/, (name) => words(`${name}: not both`, `${name} : pas les deux`)],
];

/** What commander says, in our words: which it is stands between quotes, and a better one in parentheses. */
function misuseOf({ code, message }: CommanderError, path: string): Misuse {
  const [, name = ''] = /'([^']*)'/.exec(message) ?? [];
  const said = MISUSES.find(([pattern]) => pattern.test(code))?.[1](name) ?? words(message, message);
  const better = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(message)?.[1];
  const way = `campus ${path ? `${path} ` : ''}--help`;
  return new Misuse(said, better ? words(`did you mean ${better}?`, `vouliez-vous dire ${better} ?`) : words(way, way));
}

const camel = (name: string): string => name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());

const optionsOf = (program: Program, options: Values): void => {
  for (const [name, value] of Object.entries(options)) {
    const flags = value.shown ? `--${name.replaceAll('_', '-')} <value>` : optionShown(name, value);
    if (value.many) program.option(flags, '', (text: string, before: string[] = []) => [...before, text]);
    else program.option(flags, '');
  }
};

/** Reads what was given by its declaration. @throws Misuse that says of which it speaks */
function read(values: Values, given: Readonly<Record<string, unknown>>, shown: (name: string) => string) {
  const one = (name: string, value: Value<unknown>, text: unknown): unknown => {
    if (text === true) return true;
    try {
      return value.read(String(text));
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      const { en, fr } = error.said;
      throw new Misuse(words(`${shown(name)}: ${en}`, `${shown(name)} : ${fr}`), error.hint);
    }
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const text = given[name];
      if (text === undefined || (Array.isArray(text) && text.length === 0)) return [];
      return [[name, Array.isArray(text) ? text.map((each) => one(name, value, each)) : one(name, value, text)]];
    }),
  );
}

const common = (program: Program): Program =>
  program
    .option('--json', '')
    .option('--csv', '')
    .option('-q, --quiet', '')
    .option('--profile <name>', '')
    .option('--no-input', '')
    .option('--no-color', '')
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .helpCommand(false)
    .helpOption('-h, --help');

/** Tells commander of our commands, and keeps what a line meant by them. */
class Reader {
  readonly #terminal: Terminal;
  meant: Meant | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** A command that is run. */
  leaf(program: Program, path: string, command: Command): void {
    const { args = {}, options = {} } = command;
    for (const [name, value] of Object.entries(args)) program.argument(argumentShown(name, value), '');
    optionsOf(program, options);
    common(program).helpInformation = () => commandHelp(path, command, this.#terminal);
    program.action((...texts: unknown[]) => {
      const common = program.optsWithGlobals() as Common & Record<string, unknown>;
      if (common.json && common.csv)
        throw new Misuse(words('--json and --csv: not both', '--json et --csv : pas les deux'));
      const byName = (names: readonly string[], of: (name: string, i: number) => unknown) =>
        Object.fromEntries(names.map((name, i) => [name, of(name, i)]));
      const given = {
        ...read(
          args,
          byName(Object.keys(args), (_, i) => texts[i]),
          (name) => argumentShown(name, args[name] as Value<unknown>),
        ),
        ...read(
          options,
          byName(Object.keys(options), (name) => common[camel(name)]),
          (name) => optionShown(name, {}),
        ),
      };
      this.meant = { path, command, given, common };
    });
  }

  /** A word that holds commands. */
  holding(
    program: Program,
    path: string,
    about: Words,
    below: Readonly<Record<string, { readonly about: Words }>>,
  ): void {
    const names = Object.entries(below).map(([name, one]) => [name, one.about] as const);
    common(program).helpInformation = () => groupHelp(path, about, names, this.#terminal, path ? undefined : END);
  }

  /** What the catalogue has under a word, loaded. */
  async grown(name: string, entry: Entry): Promise<Program> {
    const program = new Program(name);
    if (isGroup(entry)) {
      const commands = await entry.load();
      for (const [below, command] of Object.entries(commands))
        this.leaf(program.command(below), `${name} ${below}`, command);
      this.holding(program, name, entry.about, commands);
    } else this.leaf(program, name, await entry.load());
    return program;
  }
}

/** Reads a command line, and loads of the commands just what it needs. @throws Misuse when it cannot be meant */
export async function ask(catalogue: Catalogue, argv: readonly string[], terminal: Terminal): Promise<Asked> {
  const reader = new Reader(terminal);
  const root = new Program('campus');
  reader.holding(root, '', ABOUT, catalogue);
  const name = argv.find((word) => !word.startsWith('-')) ?? '';
  const entry = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (entry) root.addCommand(await reader.grown(name, entry));
  // Of the others their names are enough: for a better one where a word is none.
  else for (const one of Object.keys(catalogue)) root.command(one);
  try {
    await root.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (!/^commander\.help/.test(error.code)) throw misuseOf(error, entry ? name : '');
  }
  return reader.meant ? { meant: reader.meant } : { help: deepest(root, argv).helpInformation() };
}

/** The command that a line names, as far as it names one. */
function deepest(root: Program, argv: readonly string[]): Program {
  let at = root;
  for (const word of argv.filter((one) => !one.startsWith('-'))) {
    const next = at.commands.find((one) => one.name() === word);
    if (!next) break;
    at = next as Program;
  }
  return at;
}
