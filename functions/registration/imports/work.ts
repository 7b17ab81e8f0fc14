import * as z from 'zod';
import { clock } from '../../../platform/base/clock.ts';
import { currentScope, within } from '../../../platform/base/scope.ts';
import { LostUpdate } from '../../../platform/data/write.ts';
import { apply, commit } from '../../../platform/events/commit.ts';
import { reaction } from '../../../platform/events/consumer.ts';
import * as schools from '../school/school-store.ts';
import { table } from '../table.ts';
import { type Layout, layoutOf } from './columns.ts';
import { type Import, MOST_ROWS } from './import.ts';
import * as files from './import-files.ts';
import * as imports from './import-store.ts';
import { goOn } from './queue.ts';
import { readRows } from './read-rows.ts';
import { ImportRun, ROWS_AT_ONCE } from './run.ts';
import { failedLines, tallyOf } from './tally.ts';
import { Unreadable } from './unreadable.ts';

/** After so long an invocation hands over to the next, well before Lambda ends it. */
const BUDGET_MS = 30_000;

/** Changes the import as it was read. @throws LostUpdate where another invocation took it over */
async function advance(before: Import, changes: Partial<Import>): Promise<Import> {
  await apply(table, { writes: imports.replace(before, changes) });
  return { ...before, ...changes, version: before.version + 1 };
}

/** Takes an import over: whoever was at it can write nothing about it any more. */
async function takeOver(id: string): Promise<Import | undefined> {
  let taken: Import | undefined;
  await commit(table, async () => {
    const found = await imports.find(id);
    if (found?.state !== 'running') return {};
    taken = { ...found, version: found.version + 1 };
    return { writes: imports.replace(found, {}) };
  });
  return taken;
}

async function layoutIn(one: Import): Promise<Layout> {
  const file = await files.fileOf(one);
  const layout = layoutOf(await readRows(file ?? new Uint8Array()), one);
  if (layout.rows.length > MOST_ROWS) throw new Unreadable('too_many_rows');
  return layout;
}

/** A run that goes on after the rows that are done. Of a dry run nothing stands: it begins anew. */
async function resumed(one: Import, layout: Layout): Promise<ImportRun> {
  const calendar = await schools.calendar();
  const run = new ImportRun(layout, { calendar, by: one.by, id: one.id }, one.dry_run);
  const rejected = new Set((await files.partsOf(one)).flatMap((part) => part.rejected));
  run.pass(layout.rows.slice(0, one.rows_done).filter(({ row }) => !rejected.has(row)));
  return run;
}

/** Imports the next rows and writes down, for good, what became of them. */
async function step(one: Import, run: ImportRun, layout: Layout): Promise<Import> {
  const rows = layout.rows.slice(one.rows_done, one.rows_done + ROWS_AT_ONCE);
  const planned = await run.take(rows);
  const { accepted, unchanged, rejected, ...told } = tallyOf(planned);
  const isToldOf = told.errors.length > 0 || told.warnings.length > 0;
  if (isToldOf) {
    const numbers = planned.flatMap(({ read, outcome }) => (outcome.outcome === 'rejected' ? [read.row] : []));
    const tally = { accepted, unchanged, rejected, ...told };
    await files.keepPart(one, one.rows_done, { tally, lines: failedLines(layout, rows, planned), rejected: numbers });
  }
  return advance(one, {
    rows_done: one.rows_done + rows.length,
    accepted: one.accepted + accepted,
    unchanged: one.unchanged + unchanged,
    rejected: one.rejected + rejected,
    parts: isToldOf ? [...one.parts, one.rows_done] : one.parts,
  });
}

const anew = { rows_done: 0, accepted: 0, unchanged: 0, rejected: 0, parts: [] };

/** Goes on with an import until it is done or its time is up. */
async function carryOn(taken: Import, layout: Layout): Promise<void> {
  const startedAt = clock.now();
  const columns_read = layout.columns.map(({ header, field }) => ({ header, field }));
  let one = await advance(taken, { rows: layout.rows.length, columns_read, ...(taken.dry_run && anew) });
  const run = await resumed(one, layout);
  while (one.rows_done < layout.rows.length) {
    one = await step(one, run, layout);
    // After a step and not before it: however long the beginning took, each invocation gets some rows further.
    const isLate = !one.dry_run && clock.now() - startedAt > BUDGET_MS;
    if (isLate && one.rows_done < layout.rows.length) return goOn(one.id);
  }
  await files.keepReport(one, layout.columns);
  await advance(one, { state: 'done' });
}

/** An import of which nothing can be made says why. */
async function failing(one: Import, error: unknown): Promise<void> {
  if (error instanceof LostUpdate) return;
  if (!(error instanceof Unreadable)) throw error;
  await advance(one, { state: 'failed', refusal: { code: error.code, detail: error.text[one.language] } });
}

async function work(id: string): Promise<void> {
  const one = await takeOver(id);
  if (!one) return;
  const scope = { requestId: one.id, ...currentScope(), language: one.language };
  await within(scope, async () => {
    const layout = await layoutIn(one).catch((error: unknown) => failing(one, error));
    // Whoever took it over meanwhile goes on with it.
    if (layout) await carryOn(one, layout).catch((error: unknown) => failing(one, error));
  });
}

/** What the worker does about an import that was started. It bears the same message twice, and being cut off anywhere. */
export const importStarted = reaction(z.object({ id: z.uuid() }), ({ id }) => work(id));
