import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { allCommands } from '../../cli/pages.ts';
import { freePort } from '../../project/ports.ts';
import { projectRoot, textOf } from '../../project/root.ts';
import { BIN, json, newClass, type Person, signedIn, somebody } from './command-line.ts';
import { onScreen } from './screen.ts';

/** The rules of https://clig.dev, each as a test of the built command line. */
let admin: Person;
let commands: Awaited<ReturnType<typeof allCommands>>;
beforeAll(async () => {
  [admin, commands] = await Promise.all([signedIn('admin', 'admin'), allCommands()]);
});

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[`);

describe('the basics', () => {
  test('success is 0, and each kind of failure has a code of its own', async () => {
    const codes = [
      (await admin(['students', 'list', '--limit', '1'])).code,
      (await admin(['nonsense'])).code,
      (await admin(['students', 'add', 'Awa Diop', '--email', 'awa@b-.example'])).code,
      (await somebody()(['students', 'list'])).code,
      (await (await signedIn('victor', '1234'))(['students', 'list'])).code,
      (await admin(['students', 'show', '99999999'])).code,
      (await admin(['users', 'add', 'admin', '--password-stdin'], { input: 'correct horse battery' })).code,
      (
        await somebody()(['login', 'awa', '--password-stdin'], {
          input: 'x',
          env: { CAMPUS_URL: `http://127.0.0.1:${await freePort()}` },
        })
      ).code,
    ];
    expect(codes).toEqual([0, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('what was asked for goes to the output, what is said about it to the error output', async () => {
    const good = await admin(['students', 'list', '--limit', '1']);
    const bad = await admin(['students', 'show', '99999999']);
    expect([good.stderr, bad.stdout]).toEqual(['', '']);
  });
});

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('%s shows it, on the output', async (asked) => {
    expect(await somebody()([asked])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('students'),
    });
  });

  test('a word that holds commands lists them', async () => {
    const { code, stdout } = await somebody()(['students']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\n {2}add +Enrol a student\n/)]);
  });

  test('a command has it, with what it takes and how it is called', async () => {
    const { code, stdout, stderr } = await somebody()(['students', 'add', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const part of ['campus students add [name] [options]', '--class CLASS', 'campus students add "Awa Diop"'])
      expect(stdout).toContain(part);
  });

  test('a misspelt command or option is answered with the one that is meant', async () => {
    expect((await admin(['studnets'])).stderr).toContain('did you mean students?');
    expect((await admin(['students', 'serch', 'x'])).stderr).toContain('did you mean search?');
    expect((await admin(['students', 'list', '--clas', 'x'])).stderr).toContain('did you mean --class?');
  });

  test('every option has its full name, and the usual ones keep their meaning', async () => {
    for (const [, { options = {} }] of commands)
      for (const name of Object.keys(options))
        expect(['help', 'version', 'quiet', 'json', 'h', 'V', 'q']).not.toContain(name);
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    expect((await somebody()(['--version'])).stdout).toBe(`campus ${version}\n`);
  });
});

describe('output', () => {
  test('in a pipe there is a line for each thing, tabs between its fields, nothing cut and no heading', async () => {
    const { class_name } = await newClass(admin, ['Awa Ly', `Binta ${'Very'.repeat(20)}`]);
    const { stdout } = await admin(['students', 'list', '--class', class_name], { env: { COLUMNS: '30' } });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split('\t').length)).toEqual([7, 7]);
    expect(stdout).toContain('Very'.repeat(20));
  });

  test('what is made prints its id and nothing else in a pipe', async () => {
    expect((await admin(['persons', 'add', 'Awa Diop'])).stdout).toMatch(/^\d+\n$/);
  });

  test('a pipe gets no colours; a screen gets them, unless NO_COLOR, a dumb terminal or --no-color say otherwise', async () => {
    const args = ['students', 'list', '--limit', '1'];
    expect((await admin(args)).output).not.toMatch(COLOUR);
    const shown = (env: NodeJS.ProcessEnv, more: string[] = []) => onScreen(admin, [...args, ...more], env);
    expect(await shown({ TERM: 'xterm' })).toMatch(COLOUR);
    expect(await shown({ TERM: 'xterm', NO_COLOR: '1' })).not.toMatch(COLOUR);
    expect(await shown({ TERM: 'dumb' })).not.toMatch(COLOUR);
    expect(await shown({ TERM: 'xterm' }, ['--no-color'])).not.toMatch(COLOUR);
  });

  test.each([40, 60, 80, 200])('on a screen of %d columns no line of a table is longer', async (columns) => {
    const text = await onScreen(admin, ['students', 'list', '--limit', '5', '--no-color'], { COLUMNS: `${columns}` });
    const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('There are more'));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
  });

  test('a change is confirmed on a screen, and --quiet says nothing', async () => {
    const add = (more: string[]) => onScreen(admin, ['persons', 'add', 'Awa Diop', ...more], {});
    expect(await add([])).toMatch(/Awa Diop has number \d+\./);
    expect(await add(['--quiet'])).toBe('');
  });

  test('--json and --csv are for everything, and not for both at once', async () => {
    expect((await admin(['classes', 'list', '--csv'])).stdout).toMatch(/^class_name,size\r\n/);
    expect(await json<unknown[]>(admin, ['classes', 'list'])).toContainEqual(
      expect.objectContaining({ class_name: expect.any(String) }),
    );
    expect((await admin(['classes', 'list', '--json', '--csv'])).code).toBe(2);
  });

  test('what somebody stored commands no terminal, and is no formula in a spreadsheet', async () => {
    const { ids } = await newClass(admin, ['=HYPERLINK("http://evil.example") Diop']);
    const { stdout } = await admin(['students', 'show', `${ids[0]}`, '--csv']);
    expect(stdout).toContain(`"'=HYPERLINK(`);
  });

  test('whoever has seen enough may close the pipe', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${BIN}" students list --all | head -n 1`], {
      env: { ...process.env, CAMPUS_CONFIG: admin.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.stdout.resume();
    await once(child, 'close');
    expect(said.join('')).toBe('');
  });
});

describe('errors', () => {
  test('say what is wrong with which field, without a stack, in the language of the reader', async () => {
    const args = ['students', 'add', 'Awa Diop', '--email', 'awa@b-.example', '--phone', '000000000'];
    const { stderr } = await admin(args);
    expect(stderr).toMatch(/email: .+\n {2}phone: .+\+221/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect((await admin(args, { env: { LANG: 'fr_FR.UTF-8' } })).stderr).toMatch(/^Erreur : /);
  });

  test('a value of the wrong kind is refused by its option, before anything is sent', async () => {
    const { code, stderr } = await somebody()(['students', 'list', '--limit', 'many']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--limit: not a number from 1 on: many')]);
  });

  test('an answer that never comes says where it was looked for and what may be done', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await somebody()(['login', 'awa', '--password-stdin'], {
      input: 'x',
      env: { CAMPUS_URL: url },
    });
    expect([code, stderr]).toEqual([8, expect.stringContaining(url)]);
    expect(stderr).toContain('CAMPUS_URL');
  });
});

describe('questions', () => {
  test('nobody is asked where nobody can answer: what is needed is said', async () => {
    expect((await somebody()(['login'])).stderr).toContain('--username is missing');
    expect((await admin(['persons', 'remove', '1'])).stderr).toContain('--yes');
    expect((await somebody()(['menu'])).stderr).toContain('terminal');
  });

  test('--no-input asks nothing on a screen either', async () => {
    expect(await onScreen(admin, ['persons', 'remove', '99999999', '--no-input'], {})).toContain('--yes');
  });

  test('without a command and a terminal, the help is shown', async () => {
    expect(await somebody()([])).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage') });
  });
});

describe('the languages', () => {
  test.each([
    [{ LANG: 'fr_SN.UTF-8' }, 'Étudiants|Les étudiants'],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'fr_FR.UTF-8' }, 'Les étudiants'],
    [{ LANG: 'de_DE.UTF-8' }, 'Students'],
    [{ LANG: 'de_DE.UTF-8', CAMPUS_LANG: 'fr' }, 'Les étudiants'],
  ])('%j reads %s', async (env, text) => {
    expect((await somebody()(['--help'], { env })).stdout).toMatch(new RegExp(text));
  });
});

/** All that a built file loads as soon as it is loaded. */
function loadedWith(name: string, seen = new Set<string>()): string {
  if (seen.has(name)) return '';
  seen.add(name);
  const code = readFileSync(join(projectRoot, 'cli/dist', name), 'utf8');
  const below = [...code.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(([, one = '']) => loadedWith(one, seen));
  return [code, ...below].join('');
}

test('only what is called is loaded: for the help no command, no prompt, no parser and no client', () => {
  expect(loadedWith('main.js')).toContain('The school office');
  for (const one of ['Bearer', '/add_grade', 'setRawMode', 'commander.', 'argv0'])
    expect([one, loadedWith('main.js').includes(one)]).toEqual([one, false]);
});
