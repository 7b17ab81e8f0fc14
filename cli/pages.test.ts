import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectRoot, textOf } from '../project/root.ts';
import { catalogue, find } from './catalogue.ts';
import { MENUS } from './menu/roles.ts';
import { allCommands, page, schemas } from './pages.ts';
import { ask } from './program.ts';
import type { Terminal } from './terminal.ts';

test('docs/cli.md is what the commands say: npm run cli:docs', async () => {
  expect(textOf('docs/cli.md')).toBe(await page());
});

test('cli/schemas are what the commands and openapi.json say: npm run cli:docs', async () => {
  const made = await schemas();
  expect(readdirSync(join(projectRoot, 'cli/schemas')).map((name) => `cli/schemas/${name}`)).toEqual(
    [...made.keys()].sort(),
  );
  for (const [path, text] of made) expect([path, textOf(path)]).toEqual([path, text]);
});

test('every command prints something with --json, but those that print no data', async () => {
  const without = (await allCommands()).filter(([, { answers }]) => answers === undefined).map(([path]) => path);
  expect(without).toEqual(['menu', 'completion']);
});

test('every line of the menus is a command, and asks for what it takes and needs', async () => {
  for (const { items } of Object.values(MENUS).flat())
    for (const { path, ask, given = {} } of items) {
      const { args = {}, options = {} } = await find(path);
      const asked = ask.map((name) => name.replace('?', ''));
      expect([path, [...asked, ...Object.keys(given)].filter((name) => !(name in args) && !(name in options))]).toEqual(
        [path, []],
      );
      const needed = Object.entries(args).filter(([, { optional }]) => !optional);
      expect([path, needed.map(([name]) => name).filter((name) => !asked.includes(name))]).toEqual([path, []]);
    }
});

test('no command has an option that every command has', async () => {
  for (const [, { options = {} }] of await allCommands())
    for (const name of ['json', 'csv', 'quiet', 'profile', 'input', 'color', 'help'])
      expect(options).not.toHaveProperty(name);
});

const reader = (language: 'en' | 'fr', columns: number): Terminal => ({
  language,
  seen: true,
  asks: false,
  columns,
  colours: false,
  quiet: false,
  out: () => {},
  err: () => {},
  say: (words) => words[language],
});

test('every command has a help that shows an example and each thing that it takes, and fits the screen', async () => {
  for (const [path, { examples, args = {}, options = {} }] of await allCommands()) {
    const asked = await ask(catalogue, [...path.split(' '), '--help'], reader('en', 80));
    const help = 'help' in asked ? asked.help : '';
    const shown = [...Object.keys(options).map((name) => `--${name}`), ...Object.keys(args)].map((name) =>
      name.replaceAll('_', '-'),
    );
    expect([path, examples.length > 0 && shown.every((one) => help.includes(one))]).toEqual([path, true]);
    expect(help).toContain(`campus ${path}`);
  }
});

test('every example is a command line that can be meant', async () => {
  const words = (line: string) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  for (const [, { examples }] of await allCommands())
    for (const [line] of examples) {
      const called = line.replace(/^source <\((.*)\)$/, '$1').replace(/ [<>] .*$/, '');
      const asked = await ask(catalogue, words(called).slice(1), reader('en', 80));
      expect([line, 'meant' in asked || called === 'campus']).toEqual([line, true]);
    }
});

test('every text is in both languages', async () => {
  const texts = (await allCommands()).flatMap(([path, { about, args = {}, options = {}, examples }]) =>
    [
      about,
      ...[...Object.values(args), ...Object.values(options)].map((one) => one.about),
      ...examples.map(([, one]) => one),
    ].map(({ en, fr }) => [path, Boolean(en && fr)] as const),
  );
  expect(texts.filter(([, both]) => !both)).toEqual([]);
});
