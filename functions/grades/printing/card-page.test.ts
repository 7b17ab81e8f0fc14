import { describe, expect, test } from '@jest/globals';
import { cardWith, columnAt, contentWith, subjectAt } from '../../../tests/support/documents.ts';
import type { CardContent } from '../report-cards/card.ts';
import { cardPage } from './card-page.ts';

const page = (content: Partial<CardContent> = {}, more = {}) => cardPage(cardWith(content, more), 'fr', 'Africa/Dakar');

const labels = (content: Partial<CardContent>) => page(content).columns.map(({ label }) => label);

describe('the page of a report card', () => {
  test('has the school’s head, the student, the class and the period on top', () => {
    expect(page()).toMatchObject({
      school: {
        name: 'Lycée Blaise-Diagne',
        lines: ['Avenue Cheikh-Anta-Diop', 'Dakar', 'Tél. +221 33 821 23 45 · LBD-0042'],
        motto: 'Savoir, mériter, servir',
      },
      ...{ kind: 'Bulletin scolaire', period: '1er trimestre', year: 'Année scolaire 2026-2027', replaces: null },
      student: { name: 'Awa Diop', lines: ['Né(e) le 1er mai 2012 à Saint-Louis', 'Matricule 2026-0142'] },
      facts: [
        ...[
          ['Classe', '4e B'],
          ['Effectif', '45 élèves'],
          ['Professeur principal', 'Mamadou Diop'],
        ],
        ['Période', expect.stringMatching(/^1 octobre\s–\s19 décembre 2026$/)],
      ],
      signatures: { head_name: 'Mme Fatou Sarr Ndiaye', parent: 'Signature du parent ou du tuteur' },
    });
  });

  test('has a line a subject with coefficient, own figure, class, extremes and remark, in decimal commas', () => {
    const { columns, rows, totals } = page({ subjects: [subjectAt(0), subjectAt(1)] });
    expect(columns.map(({ label }) => label)).toEqual(['Coef.', 'Élève', 'Classe', 'Min.', 'Max.']);
    expect(rows[1]).toEqual({
      ...{ depth: 0, name: 'Mathématiques', notes: ['Mamadou Diop'], remark: 'Ensemble satisfaisant.' },
      cells: ['4', '10,37', '11,42', '3,00', '18,75'],
    });
    expect(totals).toEqual({
      ...{ name: 'Moyenne générale', remark: 'Rang : 3e sur 42' },
      cells: ['', '13,27', '11,30', '4,12', '17,90'],
    });
  });

  test('says the same in English', () => {
    const english = cardPage(cardWith({ rank: 2 }), 'en', 'UTC');
    expect(english).toMatchObject({
      ...{ kind: 'Report card', year: 'School year 2026-2027', totals: { remark: 'Rank: 2nd of 42' } },
      student: { lines: ['Born on 1 May 2012 in Saint-Louis', 'Student number 2026-0142'] },
    });
    expect(english.rows[0]?.cells[2]).toBe('11.42');
  });

  test('has parts below their subject, figures by category, a bonus, and what counts for nothing', () => {
    const categories = [
      { name: 'Devoirs', figure: 12.5, weight: 1 },
      { name: 'Composition', weight: 2 },
    ];
    const parts = [subjectAt(3, { name: 'Oral', counts: 'never' })];
    const { rows } = page({ subjects: [subjectAt(0, { categories, parts }), subjectAt(1, { counts: 'bonus' })] });
    expect(rows.map(({ depth, name, cells: [weight], notes }) => [depth, name, weight, notes])).toEqual([
      [0, 'Français', '4', ['Mamadou Diop', 'Devoirs 12,50 · Composition –']],
      [1, 'Oral', '–', ['Mamadou Diop', 'Ne compte pas dans la moyenne']],
      [0, 'Mathématiques', 'bonus', ['Mamadou Diop']],
    ]);
  });

  test('names teachers by their usernames where nobody said what they are called', () => {
    const { rows, facts } = page({
      subjects: [subjectAt(0, { teachers: ['m.diop', 'colette'] })],
      people: { colette: 'Colette Sy' },
    });
    expect(rows[0]?.notes).toEqual(['m.diop, Colette Sy']);
    expect(facts).toContainEqual(['Professeur principal', 'm.diop']);
  });

  test('has dashes for a student without marks, who is not ranked', () => {
    const nothing = { figure: undefined, class: undefined };
    const { rows, totals } = page({
      subjects: [subjectAt(0, nothing)],
      ...{ general: undefined, class: undefined, rank: null },
    });
    expect(rows[0]?.cells).toEqual(['4', '–']);
    expect(totals).toMatchObject({ cells: ['', '–'], remark: 'Non classé(e)' });
  });

  test('has no column, no average and no rank of what the class does not show', () => {
    const hidden = { rank: undefined, ranked: undefined, size: undefined, general: undefined, class: undefined };
    const show = { rank: false, general: false, class_mean: false, extremes: false };
    const { columns, totals, facts } = page({ subjects: [subjectAt(0, { class: undefined })], ...hidden, show });
    expect(columns.map(({ label }) => label)).toEqual(['Coef.', 'Élève']);
    expect(totals).toBeNull();
    expect(facts.map(([name]) => name)).not.toContain('Effectif');
  });

  test('has the year’s other terms side by side, with an option that was given up', () => {
    const terms = [columnAt(1, 'Trimestre 1'), columnAt(2, 'Trimestre 2')];
    const { columns, rows, totals } = page({ terms, subjects: [subjectAt(0)] });
    expect(columns.map(({ label }) => label).slice(0, 4)).toEqual(['Coef.', 'Trimestre 1', 'Trimestre 2', 'Élève']);
    expect(rows[0]?.cells.slice(0, 4)).toEqual(['4', '9,11', '15,22', '3,00']);
    expect(rows.find(({ name }) => name === 'Latin')?.cells.slice(0, 4)).toEqual(['–', '8,92', '15,03', '–']);
    expect(totals?.cells.slice(0, 4)).toEqual(['', '17,17', '8,54', '13,27']);
  });

  test('of a divided term has the year’s average, and no figure of a subject but by term', () => {
    const subjects = [subjectAt(0, { figure: undefined, class: undefined })];
    expect(labels({ subjects, terms: [columnAt(1, 'S1')] })).toEqual([
      'Coef.',
      'S1',
      'Année',
      'Classe',
      'Min.',
      'Max.',
    ]);
    const [row] = page({ subjects, terms: [columnAt(1, 'S1', ['Latin'])] }).rows;
    expect(row?.cells).toEqual(['4', '9,11', '', '', '', '']);
  });

  test('of the year itself does not name it twice', () => {
    expect(page({ term: { id: 'year-1', name: '2026-2027' } })).toMatchObject({ period: '2026-2027', year: null });
  });

  test('has what the council said, as far as it said it', () => {
    const council = { absences_excused: 4.5, late: 0, remark: 'Bien.', decision: 'promoted' as const };
    expect(page({ council }).council).toEqual({
      ...{ title: 'Conseil de classe', remark: 'Bien.' },
      absences: [
        ['Absences justifiées', '4,5'],
        ['Retards', '0'],
      ],
      verdicts: [['Décision', 'Passage dans la classe supérieure']],
    });
    expect(page({ council: {} }).council).toMatchObject({ absences: [], remark: null, verdicts: [] });
  });

  test('that replaces another says so, and why', () => {
    expect(page({}, { version: 3, replaces: 2, reason: 'Erreur de report' }).replaces).toEqual({
      title: 'Annule et remplace le bulletin de version 2',
      reason: 'motif : Erreur de report',
    });
    expect(page({}, { version: 2, replaces: 1 }).replaces?.reason).toBeNull();
  });

  test('has its version, the day it was published where the school is, and a fingerprint at the foot', () => {
    const foot = cardPage(cardWith({}, { published_at: '2026-12-20T23:30:00.000Z' }), 'fr', 'Europe/Paris').foot;
    expect(foot).toBe('Awa Diop · Version 1, publiée le 21 décembre 2026 · empreinte 1f2e 3d4c 5b6a 7988');
  });

  test('prints a remark of several lines whole', () => {
    const remark = { text: 'Sérieuse.\nÀ suivre.', author: 'm.diop' };
    expect(page({ subjects: [subjectAt(0, { remark })] }).rows[0]?.remark).toBe('Sérieuse.\nÀ suivre.');
    expect(contentWith().council.remark).toBe(page().council.remark);
  });
});
