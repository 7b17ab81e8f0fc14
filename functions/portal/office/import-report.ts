import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Control, Option } from '../kit/form-controls.ts';
import { section, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { number } from '../kit/write.ts';

const Finding = z.object({ row: z.int(), field: z.string().nullable(), detail: z.string() });
type Finding = z.output<typeof Finding>;

const Columns = z.array(z.object({ header: z.string().nullable(), field: z.string().nullable() }));

/** What came of a file, or would come of it. */
export const Report = z.object({
  dry_run: z.boolean(),
  accepted: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  errors: z.array(Finding),
  more_errors: z.int().default(0),
  warnings: z.array(Finding).default([]),
  columns: Columns,
  failed_rows: z.string().nullable(),
});
export type Report = z.output<typeof Report>;

/** What a column may hold. */
const FIELDS = {
  '-': { fr: '(ne pas lire)', en: '(do not read)' },
  matricule: { fr: 'Matricule', en: 'Matricule' },
  last_name: { fr: 'Nom', en: 'Last name' },
  first_name: { fr: 'Prénom', en: 'First name' },
  name: { fr: 'Nom complet', en: 'Full name' },
  class_name: { fr: 'Classe', en: 'Class' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  email: { fr: 'E-mail', en: 'E-mail' },
  birth_date: { fr: 'Date de naissance', en: 'Date of birth' },
  birth_place: { fr: 'Lieu de naissance', en: 'Place of birth' },
  sex: { fr: 'Sexe', en: 'Sex' },
  marks: { fr: 'Notes', en: 'Marks' },
  average: { fr: 'Moyenne', en: 'Average' },
} satisfies Record<string, Localized>;

const WORDS = {
  accepted: { fr: 'à enregistrer', en: 'to be stored' },
  stored: { fr: 'enregistrées', en: 'stored' },
  unchanged: { fr: 'déjà à jour', en: 'up to date already' },
  rejected: { fr: 'refusées', en: 'rejected' },
  counts: { fr: 'En bref', en: 'In short' },
  errors: { fr: 'Lignes refusées', en: 'Rejected rows' },
  warnings: { fr: 'À vérifier', en: 'To be checked' },
  row: { fr: 'Ligne', en: 'Row' },
  field: { fr: 'Colonne', en: 'Column' },
  detail: { fr: 'Ce qui ne va pas', en: 'What is wrong' },
  more: { fr: 'Et d’autres', en: 'And more' },
  mend: { fr: 'Télécharger les lignes à corriger', en: 'Download the rows to mend' },
  mendText: {
    fr: 'Ce fichier ne contient qu’elles, avec ce qui ne va pas. Corrigez-les, puis envoyez-le ici.',
    en: 'This file holds just these rows, with what is wrong. Mend them, then send it here.',
  },
  column: { fr: 'Colonne', en: 'Column' },
} satisfies Record<string, Localized>;

/** What the file to mend is called. */
export const MEND_NAME: Localized = { fr: 'a-corriger.csv', en: 'to-mend.csv' };

/** How many findings a page shows; the file to mend holds all that are wrong. */
const MOST_SHOWN = { errors: 60, warnings: 20 };

/** The longest file to mend that a page carries by itself. */
const MOST_CARRIED = 16 * 1024;

const isField = (name: string): name is keyof typeof FIELDS => Object.hasOwn(FIELDS, name);

const fieldName = (visit: Visit, field: string | null): string =>
  field !== null && isField(field) ? visit.say(FIELDS[field]) : (field ?? '–');

function findings(visit: Visit, id: 'errors' | 'warnings', all: readonly Finding[], more: number): Html | undefined {
  if (all.length === 0) return undefined;
  const columns = [
    { name: visit.say(WORDS.row), numeric: true },
    { name: visit.say(WORDS.field) },
    { name: visit.say(WORDS.detail) },
  ];
  const rows = all
    .slice(0, MOST_SHOWN[id])
    .map(({ row, field, detail }) => [String(row), fieldName(visit, field), detail]);
  const rest = all.length - rows.length + more;
  const onward = rest > 0 && html`<p>${visit.say(WORDS.more)}${visit.colon}${number(rest, visit.language)}</p>`;
  return section(id, visit.say(WORDS[id]), html`${table(visit.say(WORDS[id]), columns, rows)}${onward}`);
}

/** The rows to mend as a link that carries them by itself; undefined where they are too many for a page. */
export function linkTo(failed: string): string | undefined {
  const carried = Buffer.from(failed).toString('base64');
  return carried.length <= MOST_CARRIED ? `data:text/csv;charset=utf-8;base64,${carried}` : undefined;
}

function mending(visit: Visit, failed: string | null, url?: string | null): Html | undefined {
  if (failed === null && !url) return undefined;
  const href = (failed === null ? undefined : linkTo(failed)) ?? url ?? undefined;
  const link =
    href &&
    html`<p class="actions"><a class="button quiet" download="${visit.say(MEND_NAME)}" href="${href}">${visit.say(WORDS.mend)}</a></p>`;
  return html`<p>${visit.say(WORDS.mendText)}</p>${link}`;
}

/** The result of an import, in numbers and row by row. @param url where the rows to mend are, if they are many */
export function reportPart(visit: Visit, report: Report, url?: string | null): Html {
  const { dry_run, accepted, unchanged, rejected, errors, more_errors, warnings, failed_rows } = report;
  const count = (value: number, word: Localized, look = '') =>
    html`<li class="card"><p class="figure${look}">${number(value, visit.language)}</p><p class="quiet">${visit.say(word)}</p></li>`;
  const numbers = html`<ul class="cards">${count(accepted, dry_run ? WORDS.accepted : WORDS.stored)}${count(unchanged, WORDS.unchanged)}${count(rejected, WORDS.rejected, rejected > 0 ? ' fallen' : '')}</ul>`;
  return html`${section('counts', visit.say(WORDS.counts), numbers)}
${findings(visit, 'errors', errors, more_errors)}${mending(visit, failed_rows, url)}${findings(visit, 'warnings', warnings, 0)}`;
}

/** The controls by which columns are corrected: what each is taken for. */
export function columnControls(visit: Visit, { columns }: Report): Control[] {
  const options: Option[] = Object.entries(FIELDS).map(([value, text]) => ({ value, text: visit.say(text) }));
  return columns.map(({ header }, i) => {
    const name = header?.trim() || `${visit.say(WORDS.column)} ${i + 1}`;
    return { name: `columns.${i}`, label: { fr: name, en: name }, as: 'choice' as const, options, bare: true };
  });
}
