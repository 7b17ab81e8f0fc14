import * as z from 'zod';
import type { Language, Localized } from '../../../platform/base/language.ts';

const Kind = z.enum(['new_mark', 'corrected_mark', 'below_pass_mark', 'report_card', 'corrected_report_card']);

/** `GET /notifications`: one thing that a family is told of a student. */
export const NoticeView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: Kind,
  /** In the language of the request. */
  message: z.string(),
  student_id: z.int(),
  name: z.string(),
  term: z.string(),
  /** Of a mark: its id, under which `GET /grades/{student_id}` lists it. */
  result_id: z.string().optional(),
  subject: z.string().optional(),
  /** Of an assessment; of a report card, the name of its term. */
  title: z.string().optional(),
  /** Of a report card: which one, of those that `GET /grades/{student_id}/report-cards` lists. */
  version: z.int().optional(),
  out_of: z.number().optional(),
  /** Of a mark as it stands: one that was corrected since is told without. */
  score: z.number().optional(),
  status: z.enum(['absent', 'exempt', 'missing']).optional(),
  /** Of an average that fell, as it was then. */
  general: z.number().optional(),
  pass_mark: z.number().optional(),
});

/** A notice before it is worded. */
export type Notice = Omit<z.input<typeof NoticeView>, 'message'>;

const OPENING: Readonly<Record<Notice['kind'], Localized>> = {
  new_mark: { fr: 'Nouvelle note', en: 'New mark' },
  corrected_mark: { fr: 'Note corrigée', en: 'Corrected mark' },
  below_pass_mark: {
    fr: 'La moyenne générale est passée sous le seuil de réussite',
    en: 'The general average fell below the pass mark',
  },
  report_card: { fr: 'Bulletin publié', en: 'Report card published' },
  corrected_report_card: { fr: 'Bulletin rectifié', en: 'Report card corrected' },
};

const STATUS: Readonly<Record<NonNullable<Notice['status']>, Localized>> = {
  absent: { fr: 'absence', en: 'absent' },
  exempt: { fr: 'dispense', en: 'exempt' },
  missing: { fr: 'non rendu', en: 'not handed in' },
};

/** A number as people of a language write it. */
const written = (value: number, language: Language): string =>
  language === 'fr' ? String(value).replace('.', ',') : String(value);

/** What a notice is about, without its figure and whose it is: fit to be sent where others may read it. */
export function heading({ kind, subject, title }: Notice, language: Language): string {
  const what = [subject, title].filter((part) => part !== undefined).join(', ');
  return [OPENING[kind][language], what].filter(Boolean).join(' · ');
}

function figureOf({ score, status, out_of, general, pass_mark }: Notice, language: Language): string | undefined {
  if (status) return STATUS[status][language];
  const [figure, most] = general === undefined ? [score, out_of] : [general, undefined];
  if (figure === undefined) return undefined;
  const limit = { fr: 'seuil', en: 'pass mark' }[language];
  const beside =
    most === undefined ? ` (${limit} ${written(pass_mark ?? 0, language)})` : `/${written(most, language)}`;
  return written(figure, language) + beside;
}

/** What stands before a figure. */
const BEFORE_FIGURE: Localized = { fr: '\u00a0: ', en: ': ' };

/** A notice in the words of a language. */
export function worded(notice: Notice, language: Language): z.input<typeof NoticeView> {
  const figure = figureOf(notice, language);
  const told = figure === undefined ? '' : BEFORE_FIGURE[language] + figure;
  const message = `${notice.name} · ${heading(notice, language)}${told}`;
  return { ...notice, message };
}

/** Newest first; at one instant by id, so that the order is one. */
export const newestFirst = (a: Notice, b: Notice): number => {
  const [one, other] = [orderOf(a), orderOf(b)];
  return one < other ? 1 : Number(one > other) * -1;
};

/** By what notices are ordered. */
export const orderOf = ({ at, id }: Pick<Notice, 'at' | 'id'>): string => `${at}#${id}`;
