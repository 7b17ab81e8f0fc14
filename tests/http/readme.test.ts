import { expect, test } from '@jest/globals';
import { run } from '../../project/processes.ts';
import { textOf } from '../../project/root.ts';
import { urlOf } from '../support/http.ts';

/** The blocks of shell that a section shows, one after another, for the API that runs here. */
function shellOf(readme: string, heading: string): string {
  const section =
    textOf(readme)
      .split(/^## /m)
      .find((one) => one.startsWith(heading)) ?? '';
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  return blocks.join('').replaceAll('http://localhost:3000', urlOf('').replace(/\/$/, ''));
}

const FLOWS = [
  ['README.md', 'Enrol, pay, notify, mark, read'],
  ['README.fr.md', 'Inscrire, payer, notifier, noter, lire'],
] as const;

test.each(FLOWS)('what %s shows runs as it is pasted, each answer on a line of its own', async (readme, heading) => {
  const { code, stdout, output } = await run('bash', ['-s'], { input: shellOf(readme, heading) });
  expect([code, output]).toEqual([0, stdout]);
  // A deployed gateway leaves the lines to the terminal.
  const answers = stdout.trimEnd().split(/\n|(?<=\})(?=\{)/);
  if (!/execute-api/.test(urlOf(''))) expect(stdout.split('\n')).toHaveLength(6);
  expect(answers).toHaveLength(5);
  expect(answers.at(-1)).toBe('{"name":"Awa Diop","grades":[12,15.5]}');
});

test.each(['README.md', 'README.fr.md'])(
  'nothing in %s is taken amiss by a shell that knows no comments, as zsh',
  (readme) => {
    const lines = [...textOf(readme).matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, code = '']) => code.split('\n'));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => /(?:^|\s)#/.test(line))).toEqual([]);
    // What zsh would take for a pattern, and refuse when it matches no file.
    const bare = lines.map((line) => line.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, ''));
    expect(bare.filter((line) => /\bcurl\b.*[?*[\]]/.test(line))).toEqual([]);
  },
);
