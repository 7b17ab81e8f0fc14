import { describe, expect, test } from '@jest/globals';
import width from 'fast-string-width';
import type { Terminal } from '../terminal.ts';
import { printable } from '../terminal.ts';
import { bar, histogram, sparkline } from './chart.ts';
import { csv } from './csv.ts';
import { column } from './output.ts';
import { money, number } from './shown.ts';
import { card, fitted, table, widthsFor } from './table.ts';

const screen = (columns: number, language: 'en' | 'fr' = 'en'): Terminal => ({
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

const COLUMNS = [
  column('id', 'Id', 'Id', 'id'),
  column('name', 'Name', 'Nom'),
  column('average', 'Average', 'Moyenne', 'number'),
  column('email', 'E-mail', 'E-mail'),
];

describe('a table', () => {
  test('has a line for each thing, numbers to the right, and no column in which nothing stands', () => {
    const items = [
      { id: 'a', name: 'Awa Diop', average: 9.5 },
      { id: 'b', name: 'Binta', average: 15 },
    ];
    expect(table(items, COLUMNS, screen(80))).toBe(
      'Id  Name      Average\na   Awa Diop      9.5\nb   Binta          15\n',
    );
  });

  test.each([20, 30, 40, 80])('fits %d columns, wide letters and all, and cuts no id', (columns) => {
    const items = [{ id: '0199a158', name: '李小龍李小龍李小龍李小龍', email: `${'x'.repeat(80)}@example.sn` }];
    const text = table(items, COLUMNS, screen(columns));
    if (columns > 20) for (const line of text.split('\n')) expect(width(line)).toBeLessThanOrEqual(columns);
    expect(text).toContain('0199a158');
  });

  test('too wide for the screen is a card for each', () => {
    const items = [{ id: '0199a158-e900', name: 'Awa Diop' }];
    expect(table(items, COLUMNS, screen(12))).toBe(card(items[0] as object, COLUMNS.slice(0, 2), screen(12)));
  });

  test('the widest columns give way first', () => {
    expect(widthsFor([4, 40, 10], 38)).toEqual([4, 20, 10]);
    expect(widthsFor([4, 40, 10], 100)).toEqual([4, 40, 10]);
    expect(widthsFor([36, 40], 40, [true, false])).toBeUndefined();
  });

  test('cuts between letters, not within one', () => {
    expect(fitted('Zoé', 3)).toBe('Zoé');
    expect(fitted('👩🏽‍🏫👩🏽‍🏫👩🏽‍🏫', 4)).toBe('👩🏽‍🏫… ');
  });
});

test('what commands a terminal is shown as points', () => {
  expect(printable('Awa\u001b[2J\u0007Diop\nNdiaye\u202e')).toBe('Awa·[2J·Diop Ndiaye·');
});

test('states and roles are in the language of the reader on a screen, and in the words of the API in a file', () => {
  const state = [column('state', 'State', 'État', 'word')];
  const items = [{ state: 'shipped' }, { state: 'new_state' }];
  expect(table(items, state, screen(80, 'fr'))).toBe('État\nexpédiée\nnew state\n');
  expect(table(items, state, screen(80))).toBe('State\nshipped\nnew state\n');
  expect(csv(items, state)).toBe('state\r\nshipped\r\nnew_state\r\n');
});

describe('CSV', () => {
  test('has a heading, and quotes what must be', () => {
    expect(csv([{ id: 1, name: 'Diop, "Awa"' }], COLUMNS.slice(0, 2))).toBe('id,name\r\n1,"Diop, ""Awa"""\r\n');
  });

  test.each(['=1+1', '@SUM(A1)', '+cmd|calc', '-2+3', '\tx', '＝1+1', '＠SUM(A1)', "'=1+1"])(
    '%j is no formula in it',
    (name) => {
      expect(csv([{ name }], [column('name', '', '')])).toContain(`'${name}`);
    },
  );

  test.each(['+221771234567', '-3.5', "'Awa"])('%j stays as it is', (name) => {
    expect(csv([{ name }], [column('name', '', '')])).toBe(`name\r\n${name}\r\n`);
  });
});

describe('figures', () => {
  test('are written as the reader writes them', () => {
    expect([number(15.5, 'en'), number(15.5, 'fr'), number(12000, 'fr')]).toEqual(['15.5', '15,5', '12000']);
    expect(money(250, 'EUR', 'en')).toBe('€2.50');
    expect(money(150000, 'XOF', 'fr').replaceAll(/\s/g, ' ')).toBe('150 000 F CFA');
  });

  test('have heights in a line', () => {
    expect(sparkline([0, 10, 20], 20)).toBe('▁▅█');
  });

  test('have bars, to an eighth of a column', () => {
    expect([bar(1, 4), bar(0.5, 4), bar(0, 4), bar(0.28, 4)]).toEqual(['████', '██', '', '█▏']);
  });

  test('stand in a histogram from the first to the last that there are', () => {
    const counts = Array(20).fill(0);
    counts[9] = 1;
    counts[11] = 2;
    const lines = histogram(counts, 20, screen(80)).trimEnd().split('\n');
    expect(lines.map((line) => line.replaceAll(/[█\s]+/g, ' ').trim())).toEqual(['9–10 1', '10–11 0', '11–12 2']);
    expect(histogram(Array(20).fill(0), 20, screen(80))).toBe('');
  });
});
