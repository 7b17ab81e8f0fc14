import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { projectRoot } from '../project/root.ts';
import { runJest } from './jest.ts';

const HELP = `npm test                       handler and HTTP tests
npm test -- functions/orders   those in files whose path contains this
npm test -- "the last item"    those whose name contains this
npm run test:quick             without those that start processes or fill tables: under a minute

What begins with a dash goes to jest: npm test -- --watch
`;

/** What takes most of the time: it starts processes, packages, or writes thousands of items. */
const SLOW = [
  '/localstack/',
  '/tests/(?:http|unit)/',
  '/tools/',
  '/(?:conservation|survival|properties|faults|cost|totals|limits|reservations|throttled|forgetting|erasure)\\.test',
  '/functions/auth/',
];

/** Which files are of a project of their own, that runs where it is asked for. */
const APART: Readonly<Record<string, (file: string) => boolean>> = {
  browser: (file) => file.startsWith('tests/browser/'),
  cli: (file) => file.startsWith('tests/cli/'),
  processes: (file) => file.endsWith('.process.test.ts'),
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The arguments for jest: a word that is part of a test file's path chooses files, any other chooses tests by name. */
export function jestArguments(words: readonly string[], files: readonly string[], quick = false): string[] {
  const paths = words.filter((word) => files.some((file) => file.includes(word)));
  const names = words.filter((word) => !paths.includes(word));
  const chosen = files.filter((file) => paths.some((word) => file.includes(word)));
  const apart = Object.entries(APART).find(([, isOne]) => chosen.length > 0 && chosen.every(isOne))?.[0];
  return [
    '--selectProjects',
    ...(apart ? [apart] : quick ? ['unit'] : ['unit', 'http']),
    // All cores: nothing else runs that they would have to be left to.
    '--maxWorkers=100%',
    ...(paths.length > 0 ? ['--testPathPatterns', ...paths.map(escaped)] : []),
    ...(quick ? ['--testPathIgnorePatterns', '/node_modules/', ...SLOW] : []),
    ...(names.length > 0 ? ['--testNamePattern', names.map(escaped).join('|')] : []),
  ];
}

if (import.meta.main) {
  const { tokens } = parseArgs({ strict: false, allowPositionals: true, tokens: true });
  const sent = process.argv.slice(2);
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const flags = sent.filter((word) => word.startsWith('-') && word !== '--quick');
  if (flags.includes('--help')) process.stdout.write(HELP);
  else {
    const files = globSync('{functions,platform,localstack,tools,cli,tests}/**/*.test.{ts,tsx}', { cwd: projectRoot });
    process.exitCode = await runJest([...jestArguments(words, files, sent.includes('--quick')), ...flags]);
  }
}
