import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { missing } from '../kit/api.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { number } from '../kit/write.ts';
import { Report, reportPart } from './import-report.ts';

const Import = Report.extend({
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  rows: z.int().nullable(),
  rows_done: z.int(),
  columns: Report.shape.columns.nullable().default([]),
  failed_rows_url: z.string().nullable().default(null),
  refusal: z.object({ detail: z.string() }).nullable().default(null),
});
type Import = z.output<typeof Import>;

const WORDS = {
  waiting: { fr: 'L’import attend son tour', en: 'The import waits for its turn' },
  running: { fr: 'Import en cours', en: 'Importing' },
  done: { fr: 'Import terminé', en: 'Import done' },
  checked: { fr: 'Vérifié, rien n’est encore enregistré', en: 'Checked, nothing is stored yet' },
  failed: { fr: 'Ce fichier n’a pas pu être importé', en: 'This file could not be imported' },
  leave: {
    fr: 'Vous pouvez quitter cette page : l’import continue, et cette adresse dira où il en est.',
    en: 'You may leave this page: the import goes on, and this address will tell how far it is.',
  },
  rows: { fr: 'lignes', en: 'rows' },
  refresh: { fr: 'Actualiser', en: 'Refresh' },
  again: { fr: 'Importer un fichier', en: 'Import a file' },
} satisfies Record<string, Localized>;

function progress(visit: Visit, { rows, rows_done }: Import): Html {
  const said = rows === null ? '…' : `${number(rows_done, visit.language)} / ${number(rows, visit.language)}`;
  return html`<p class="figure" id="done">${said} <small>${visit.say(WORDS.rows)}</small></p>
<progress aria-labelledby="done" max="${rows ?? 1}" value="${rows === null ? 0 : rows_done}"></progress>
<p>${visit.say(WORDS.leave)}</p><p class="actions"><a class="button quiet" data-refresh href="${visit.to(visit.path)}">${visit.say(WORDS.refresh)}</a></p>`;
}

/** `/portal/import/{id}`: how far a large import is, and what came of it. */
export const importProgressPage = officePage('/portal/import/{id}', async (visit) => {
  const id = /^[\w-]{1,64}$/.exec(visit.variables.id ?? '')?.[0];
  if (!id) throw missing();
  const found = await visit.api.get(`/imports/${id}`, Import);
  const { state, dry_run, refusal, columns } = found;
  const title = visit.say(state === 'done' && dry_run ? WORDS.checked : WORDS[state]);
  const goesOn = state === 'waiting' || state === 'running';
  const report = { ...found, columns: columns ?? [] };
  return {
    title,
    body: html`<h1>${title}</h1>${refusal !== null && html`<p class="news warning">${refusal.detail}</p>`}
${goesOn ? progress(visit, found) : html`${state === 'done' && reportPart(visit, report, found.failed_rows_url)}<p class="actions"><a class="button" href="${visit.to('/portal/import')}">${visit.say(WORDS.again)}</a></p>`}`,
  };
});
