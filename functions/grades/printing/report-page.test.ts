import { expect, test } from '@jest/globals';
import { bestOfAll, reportWith } from '../../../tests/support/documents.ts';
import { reportPage, topPage } from './report-page.ts';

const noBreak = (text: string): string => text.replaceAll(/\s/g, ' ');

test('the report of a class tells its statistics, by subject too, and the ranking', () => {
  const page = reportPage(reportWith(), 'fr');
  expect(page).toMatchObject({ class: '4e B', period: '1er trimestre', year: 'Année scolaire 2026-2027' });
  expect(page.figures.map(([name, value]) => `${name} ${noBreak(value)}`)).toEqual([
    ...['Effectif 45', 'Élèves notés 43', 'Moyenne 11,30', 'Médiane 11,20', 'Min. 4,12', 'Max. 18,00'],
    ...['Écart type 3,40', 'Réussite 62,8 %'],
  ]);
  expect(page.subjects.rows[0]?.map(noBreak)).toEqual([
    ...['Français', '43', '11,30', '11,20', '4,12', '18,00', '62,8 %'],
  ]);
  expect(page.ranking.rows[0]).toEqual(['1', 'Awa Diop', '18,00']);
  expect(page.ranking.rows.at(-1)).toEqual(['–', expect.any(String), '–']);
  expect(page.foot).toBe('4e B · 1er trimestre · Établi le 20 décembre 2026');
});

test('its histogram tells whoever does not see it how many stand where, and from which bar on one has passed', () => {
  const { bars, alt, ticks } = reportPage(reportWith(), 'en').histogram;
  expect(bars).toHaveLength(20);
  expect(bars.findIndex(({ passed }) => passed)).toBe(10);
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(43);
  expect(ticks).toEqual(['0', '2', '4', '6', '8', '10', '12', '14', '16', '18']);
  expect(alt).toContain('Distribution of averages : 2 between 4 and 5, 1 between 5 and 6');
});

test('a scale of 10 has half points, and a class without averages no bars', () => {
  const ten = reportPage(reportWith({ scale: 10, pass_mark: 6 }), 'fr');
  expect(ten.histogram.bars.findIndex(({ passed }) => passed)).toBe(12);
  expect(ten.ranking.heads[2]).toBe('Moyenne /10');
  const statistics = { size: 3, count: 0, histogram: [] };
  const { histogram, figures } = reportPage(reportWith({ statistics, subjects: [], members: [] }), 'fr');
  expect(histogram).toMatchObject({ bars: [], alt: 'Aucun élève n’a encore de moyenne.' });
  expect(figures.map(([, value]) => value)).toEqual(['3', '0', '–', '–', '–', '–', '–', '–']);
});

test('the roll of honour names the class, or all, with ranks that may be shared', () => {
  const [first, second] = bestOfAll().places;
  const places = [first, { ...second, rank: 1 }] as ReturnType<typeof bestOfAll>['places'];
  const page = topPage(bestOfAll({ places }), 'fr');
  expect(page).toMatchObject({ title: 'Les dix meilleures moyennes', of: 'Toutes les classes' });
  expect(page.rows).toEqual([
    ['1', 'Awa Diop', '4e B', '18,00 / 20'],
    ['1', 'Moussa Fall', '4e B', '17,00 / 20'],
  ]);
  expect(topPage(bestOfAll({ class_name: '4e B', places: [] }), 'en')).toMatchObject({ of: 'Class 4e B', rows: [] });
});
