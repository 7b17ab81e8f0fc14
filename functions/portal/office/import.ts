import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { send } from '../../../platform/base/http-client.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import type { Download } from '../kit/download.ts';
import { errorSummary } from '../kit/fields.ts';
import { controlRow } from '../kit/form-controls.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen, withQuery } from '../kit/page.ts';
import { only } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { columnControls, linkTo, MEND_NAME, Report, reportPart } from './import-report.ts';

const PAGE = '/portal/import';

const WORDS = {
  title: { fr: 'Importer des élèves', en: 'Import students' },
  text: {
    fr: 'Un fichier CSV ou Excel, par exemple celui du ministère. La première étape vérifie tout et n’enregistre rien.',
    en: 'A CSV or Excel file, for example that of the ministry. The first step checks everything and stores nothing.',
  },
  students: { fr: 'Élèves', en: 'Students' },
  file: { fr: 'Fichier', en: 'File' },
  again: { fr: 'Le même fichier, encore une fois', en: 'The same file, once more' },
  againHint: {
    fr: 'Il est trop grand pour que cette page le garde',
    en: 'It is too large for this page to keep it',
  },
  limit: { fr: '4 Mo au plus', en: '4 MB at most' },
  check: { fr: 'Vérifier le fichier', en: 'Check the file' },
  recheck: { fr: 'Vérifier de nouveau', en: 'Check again' },
  store: { fr: 'Importer ces lignes', en: 'Import these rows' },
  other: { fr: 'Choisir un autre fichier', en: 'Choose another file' },
  checked: { fr: 'Vérifié, rien n’est encore enregistré', en: 'Checked, nothing is stored yet' },
  done: { fr: 'Import terminé', en: 'Import done' },
  columns: { fr: 'Ce que contient chaque colonne', en: 'What each column holds' },
  see: { fr: 'Voir les élèves', en: 'See the students' },
  mend: { fr: 'Télécharger les lignes à corriger', en: 'Download the rows to mend' },
  missing: { fr: 'Choisissez un fichier CSV ou Excel', en: 'Choose a CSV or Excel file' },
} satisfies Record<string, Localized>;

/** The longest text that a page carries to the next step of the same file: once or twice, and it stays under 100 KB. */
const MOST_CARRIED = 24 * 1024;

/** The most bytes that what was carried may come to: as much as a file may have. */
const MOST_BYTES = 4 * 1024 * 1024;

/** As long as the gateway waits, nearly: some thousand rows. */
const PATIENCE_MS = 25_000;

const FILE = 'file';

/** The file as the page carries it to its next step; undefined where it is too long for that. */
function carried(bytes: Uint8Array): string | undefined {
  const text = deflateRawSync(bytes).toString('base64url');
  return text.length <= MOST_CARRIED ? text : undefined;
}

/** The file that was chosen, or the one that the page carried. @throws Refusal where there is none */
function fileIn(visit: Visit): Uint8Array {
  if (visit.file) return visit.file;
  const none = Refusal.of(FILE, visit.say(WORDS.missing));
  const kept = Buffer.from(visit.typed('kept'), 'base64url');
  if (kept.length === 0) throw none;
  try {
    return inflateRawSync(kept, { maxOutputLength: MOST_BYTES });
  } catch {
    // Somebody has changed what the page carried.
    throw none;
  }
}

/** What was said of the columns, in their order; a new file says anew what its own are. */
function columnsIn(visit: Visit): string[] {
  if (visit.file && visit.typed('step') === 'check') return [];
  const all = Array.from({ length: 200 }, (_, i) => visit.typed(`columns.${i}`));
  return all.slice(0, all.findLastIndex(Boolean) + 1).map((field) => field || '-');
}

const fileField = (visit: Visit, label: Localized, hint: Localized, refusal?: Refusal): Html => {
  const error = refusal?.errors[0];
  return html`<div class="field${error && ' wrong'}"><label for="${FILE}">${visit.say(label)}</label><p class="hint" id="file-hint">${visit.say(hint)}</p>
${error && html`<p class="error" id="file-error">${error.detail}</p>`}<input type="file" id="${FILE}" name="${FILE}" accept=".csv,.txt,.xlsx" aria-describedby="file-hint${error && ' file-error'}"${error && html` aria-invalid="true"`}></div>`;
};

const form = async (visit: Visit, body: Html): Promise<Html> =>
  html`<form class="stack" method="post" enctype="multipart/form-data" action="${visit.to(PAGE)}">${tokenField(await visit.formToken())}${body}</form>`;

async function chooser(visit: Visit, refusal?: Refusal): Promise<Screen> {
  const title = visit.say(WORDS.title);
  const body = html`${fileField(visit, WORDS.file, WORDS.limit, refusal)}<button name="step" value="check">${visit.say(WORDS.check)}</button>`;
  const complaint = refusal && {
    ...{ title: refusal.title, detail: refusal.detail },
    errors: refusal.errors.map((error) => ({ ...error, field: FILE })),
  };
  return {
    title,
    status: refusal?.status ?? 200,
    body: html`<div class="narrow"><p><a href="${visit.to('/portal/students')}">${visit.say(WORDS.students)}</a></p><h1>${title}</h1>
${errorSummary(visit, complaint, [{ name: FILE, label: WORDS.file }])}<p class="lead">${visit.say(WORDS.text)}</p>${await form(visit, body)}</div>`,
  };
}

/** The file of the step before: as the page carries it, or asked for once more. */
function sameFile(visit: Visit, bytes: Uint8Array): Html {
  const kept = carried(bytes);
  return kept
    ? html`<input type="hidden" name="kept" value="${kept}">`
    : fileField(visit, WORDS.again, WORDS.againHint);
}

/** The way to the rows to mend where they are too many for a link: the same file once more, and they come back. */
async function mendForm(visit: Visit, report: Report, bytes: Uint8Array): Promise<Html | undefined> {
  if (report.failed_rows === null || linkTo(report.failed_rows)) return undefined;
  const columns = report.columns.map(
    ({ field }, i) => html`<input type="hidden" name="columns.${i}" value="${field ?? '-'}">`,
  );
  return form(
    visit,
    html`${sameFile(visit, bytes)}${columns}<button class="quiet" name="step" value="mend">${visit.say(WORDS.mend)}</button>`,
  );
}

/** What would be stored, with the columns to be corrected and the button that stores it. */
async function checkedScreen(visit: Visit, report: Report, bytes: Uint8Array): Promise<Screen> {
  const controls = columnControls(visit, report).map((control, i) =>
    controlRow(visit, control, report.columns[i]?.field ?? '-'),
  );
  const store = report.accepted > 0 && html`<button name="step" value="store">${visit.say(WORDS.store)}</button>`;
  const body = html`${sameFile(visit, bytes)}<details class="fold"><summary>${visit.say(WORDS.columns)}</summary><div class="search">${controls}</div><p class="actions"><button class="quiet" name="step" value="recheck">${visit.say(WORDS.recheck)}</button></p></details>
<div class="actions">${store} <a class="button quiet" href="${visit.to(PAGE)}">${visit.say(WORDS.other)}</a></div>`;
  const title = visit.say(WORDS.checked);
  return {
    title,
    body: html`<div class="wide"><h1>${title}</h1>${reportPart(visit, report)}${await mendForm(visit, report, bytes)}${await form(visit, body)}</div>`,
  };
}

async function doneScreen(visit: Visit, report: Report, bytes: Uint8Array): Promise<Screen> {
  const title = visit.say(WORDS.done);
  return {
    title,
    body: html`<h1>${title}</h1>${reportPart(visit, report)}${await mendForm(visit, report, bytes)}
<p class="actions"><a class="button" href="${visit.to('/portal/students')}">${visit.say(WORDS.see)}</a> <a class="button quiet" href="${visit.to(PAGE)}">${visit.say(WORDS.other)}</a></p>`,
  };
}

/** The rows to mend as a file: nothing of it is kept anywhere else. */
const mendFile = (visit: Visit, { failed_rows }: Report): Download => ({
  type: 'text/csv; charset=utf-8',
  disposition: `attachment; filename="${visit.say(MEND_NAME)}"`,
  content: failed_rows ?? '',
});

const Requested = z.object({
  id: z.string(),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});

/** A file of more rows than one answer waits for: it is worked through on its own, and a page shows how far it is. */
async function large(visit: Visit, bytes: Uint8Array, dry_run: boolean): Promise<Reply> {
  const columns = columnsIn(visit);
  const body = { bytes: bytes.length, dry_run, ...(columns.length > 0 && { columns }) };
  const { id, upload } = Requested.parse(await visit.api.send('POST', '/imports', { body }));
  const { status } = await send(new URL(upload.url), { method: 'PUT', headers: upload.headers, body: bytes });
  if (status >= 300) throw new Error(`The file was not taken: ${status}`);
  await visit.api.send('POST', `/imports/${id}/start`);
  return { to: `${PAGE}/${id}` };
}

const TOO_LARGE = 413;

async function take(visit: Visit): Promise<Reply> {
  const bytes = fileIn(visit);
  const dry_run = visit.typed('step') !== 'store';
  const columns = columnsIn(visit).join(',');
  const path = withQuery('/students/import', { dry_run: String(dry_run), columns: columns || undefined });
  const outcome = await attempt(visit.api.send('POST', path, { file: bytes, patience: PATIENCE_MS }));
  if ('value' in outcome) {
    const report = Report.parse(outcome.value);
    if (visit.typed('step') === 'mend') return mendFile(visit, report);
    return dry_run ? checkedScreen(visit, report, bytes) : doneScreen(visit, report, bytes);
  }
  if (outcome.failure instanceof Refusal && outcome.failure.status === TOO_LARGE) return large(visit, bytes, dry_run);
  throw outcome.failure;
}

async function taken(visit: Visit): Promise<Reply> {
  const outcome = await attempt(take(visit));
  if ('value' in outcome) return outcome.value;
  if (outcome.failure instanceof Refusal && outcome.failure.status !== 403) return chooser(visit, outcome.failure);
  throw outcome.failure;
}

/** `/portal/import`: a file is checked, its columns corrected, and what is good of it stored. */
export const importPage = page({
  path: PAGE,
  takesFile: true,
  get: only(undefined, (visit) => chooser(visit)),
  post: only(undefined, taken),
});
