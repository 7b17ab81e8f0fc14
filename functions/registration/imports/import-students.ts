import * as z from 'zod';
import { problem as common } from '../../../platform/base/problems.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { Flag } from '../../../platform/schema/flag.ts';
import { problem } from '../problems.ts';
import * as schools from '../school/school-store.ts';
import { type Hints, type Layout, layoutOf } from './columns.ts';
import { ColumnsInQuery, HeaderRowInQuery } from './hints.ts';
import { readRows } from './read-rows.ts';
import { Report } from './report.ts';
import { ImportRun, ROWS_AT_ONCE } from './run.ts';
import { failedLines, NOTHING, reportOf, sumOf, tallyOf } from './tally.ts';
import { Unreadable } from './unreadable.ts';

/** As many as are imported while the gateway waits. */
const MOST_ROWS = 5_000;

const TOO_LARGE = {
  fr: 'Ici, 4 Mio et 5 000 lignes au plus. Pour un fichier plus grand : POST /imports.',
  en: 'Here, 4 MiB and 5,000 rows at most. For a larger file: POST /imports.',
};

/** How an import's file may be sent; what it is, its content says. */
export const FILE = {
  types: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream'],
  most: 4 * 1024 * 1024,
  otherwise: TOO_LARGE,
} as const;

/** The table in a file. @throws unreadable_file */
async function layoutIn(file: Uint8Array, hints: Hints): Promise<Layout> {
  try {
    return layoutOf(await readRows(file), hints);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const detail = error.text[currentScope()?.language ?? 'fr'];
    throw problem.unreadable_file({ errors: [{ pointer: '#', code: error.code, detail }], cause: error });
  }
}

export const importStudents = operation({
  route: 'POST /students/import',
  summary: 'Import students from a CSV or XLSX file',
  description:
    'The body is the file. Its columns are known by their headers, French or English, in any order; `columns` says what they are where the headers do not. A row is somebody’s by its matricule, else its phone, else its e-mail, and then changes what it says of them; a cell left blank changes nothing. Good rows go in; the others are told, row by row and field by field, and given back as a file to mend and send again. The same file twice changes nothing. Marks that come along replace those that an earlier import brought, and no others; an average is checked, never stored. ' +
    '`?dry_run=true` changes nothing and answers what the import would.',
  access: allow('admin'),
  query: z.object({
    dry_run: Flag.optional(),
    columns: ColumnsInQuery.optional(),
    header_row: HeaderRowInQuery.optional(),
  }),
  file: FILE,
  answers: { 200: Report },
  problems: [problem.unreadable_file, common.busy],
  async handle({ file, query: { dry_run = false, ...hints }, caller }) {
    const layout = await layoutIn(file, hints);
    const { rows } = layout;
    if (rows.length > MOST_ROWS) throw common.payload_too_large({ detail: TOO_LARGE });
    const run = new ImportRun(layout, { calendar: await schools.calendar(), by: caller.username }, dry_run);
    let [tally, lines] = [NOTHING, ''];
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      const planned = await run.take(some);
      tally = sumOf(tally, tallyOf(planned));
      lines += failedLines(layout, some, planned);
    }
    return ok(reportOf(layout, { tally, lines, dry_run, language: currentScope()?.language ?? 'fr' }));
  },
});
