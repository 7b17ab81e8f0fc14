import project from '../package.json' with { type: 'json' };
import { catalogue, find } from './catalogue.ts';
import { EXIT } from './failure.ts';
import { ABOUT, END, groupHelp } from './help.ts';
import { languageOf } from './language.ts';
import type { Meant } from './program.ts';
import { tell } from './telling.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** Runs a command, and prints what it found or did. @returns the exit code */
export async function perform(
  { command, given, common }: Meant,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const [{ openOffice }, { print }] = await Promise.all([import('./opening.ts'), import('./output/print.ts')]);
  const office = openOffice(env, terminal, find, common.profile);
  const output = await command.run(given as never, office);
  print(output, common.json ? 'json' : common.csv ? 'csv' : 'screen', terminal);
  return output.kind === 'done' ? (output.exit ?? EXIT.done) : EXIT.done;
}

const isOnly = (argv: readonly string[], words: RegExp): boolean => argv.length === 1 && words.test(argv[0] ?? '');

/** What was meant, and done. Just what it needs is loaded: for the help of the whole, no command and no parser. */
async function follow(argv: readonly string[], terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  if (isOnly(argv, /^(?:-V|--version)$/)) terminal.out(`campus ${project.version}\n`);
  else if (isOnly(argv, /^(?:-h|--help|help)$/) || (argv.length === 0 && !terminal.asks)) {
    const commands = Object.entries(catalogue).map(([name, { about }]) => [name, about] as const);
    terminal.out(groupHelp('', ABOUT, commands, terminal, END));
  } else if (argv[0] === 'complete') await (await import('./completing.ts')).complete(catalogue, argv.slice(1));
  else {
    const words = argv.length === 0 ? ['menu'] : argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
    const asked = await (await import('./program.ts')).ask(catalogue, words, terminal);
    if ('meant' in asked) return perform(asked.meant, terminal, env);
    terminal.out(asked.help);
  }
  return EXIT.done;
}

/** The whole command line, from its words to its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const { env } = process;
  const terminal = openTerminal(env, languageOf(env), {
    quiet: argv.some((word) => word === '--quiet' || word === '-q'),
    colour: !argv.includes('--no-color'),
    input: !argv.includes('--no-input'),
  });
  // Whoever reads our output may have seen enough: `campus students list | head`.
  process.stdout.on('error', (error: { code?: string }) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  process.once('SIGINT', () => process.exit(EXIT.interrupted));
  try {
    process.exitCode = await follow(argv, terminal, env);
  } catch (error) {
    process.exitCode = tell(error, terminal);
  }
}
