import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { attempt, Refusal } from '../kit/api.ts';
import type { Cells, Fate, SentRow } from '../kit/saved-rows.ts';
import type { Visit } from '../kit/visit.ts';
import { moment } from '../kit/write.ts';

/** What stands of a student: its own fields, and by whom it was written at which version. */
const Current = z.looseObject({ author: z.string().optional(), at: z.string().optional(), version: z.int() });
export type Current = z.output<typeof Current>;

const Outcomes = z.array(
  z.object({
    student_id: z.int(),
    result: z.enum(['stored', 'unchanged', 'stale_version', 'refused']),
    code: z.string().optional(),
    current: Current.optional(),
  }),
);
type Outcome = z.output<typeof Outcomes>[number];

const WORDS = {
  saved: { fr: 'Enregistré', en: 'Saved' },
  not: { fr: 'Pas enregistré', en: 'Not saved' },
  wrote: { fr: 'a saisi', en: 'entered' },
  meanwhile: { fr: 'entre-temps', en: 'meanwhile' },
} satisfies Record<string, Localized>;

const WHY: Readonly<Record<string, Localized>> = {
  score_above_out_of: { fr: 'au-dessus du maximum', en: 'above the maximum' },
  student_not_in_class: { fr: 'n’est plus dans cette classe', en: 'no longer in this class' },
  not_in_subject: { fr: 'ne suit pas cette matière', en: 'does not take this subject' },
  decision_needs_year: { fr: 'une décision se prend sur une année', en: 'a decision is made on a school year' },
};

/** Rows that are stored line by line, and how a service takes and tells them. */
export interface Entering {
  /** Of `PUT`. */
  readonly path: string;
  readonly rows: readonly SentRow[];
  /** What is sent of a row beside whose it is; undefined where what was typed says nothing. */
  readonly line: (cells: Cells) => Readonly<Record<string, unknown>> | undefined;
  /** What to type instead. */
  readonly hint: Localized;
  /** What stands, as it is typed. */
  readonly cells: (current: Current) => Cells;
  /** The same in words. */
  readonly said: (cells: Cells) => string;
}

const unsaved = (visit: Visit, why: string): Fate => ({
  kind: 'unsaved',
  text: [visit.say(WORDS.not), why].filter(Boolean).join(visit.colon),
});

/** What somebody else wrote, and who and when. */
function stale(visit: Visit, { current = { version: 0 } }: Outcome, { cells, said }: Entering): Fate {
  const theirs = cells(current);
  const when = current.at ? `, ${moment(current.at, visit)}` : '';
  const text = `${current.author ?? ''} ${visit.say(WORDS.wrote)} ${said(theirs)} ${visit.say(WORDS.meanwhile)}${when}`;
  return { kind: 'stale', text, theirs, version: current.version };
}

function fateOf(visit: Visit, outcome: Outcome, { version }: SentRow, entering: Entering): Fate {
  const { result, current, code = '' } = outcome;
  if (result === 'stale_version') return stale(visit, outcome, entering);
  const why = WHY[code];
  if (result === 'refused') return unsaved(visit, why ? visit.say(why) : '');
  const now = current?.version ?? (result === 'stored' ? version + 1 : version);
  return { kind: 'saved', text: visit.say(WORDS.saved), version: now };
}

/**
 * Enters the rows that were touched, each onto the version that it was typed over.
 * @returns what became of each: what nobody can read is not sent, and the others are all the same
 * @throws peer_unavailable, and what is not found
 */
export async function enterLines(visit: Visit, entering: Entering): Promise<ReadonlyMap<number, Fate>> {
  const { path, rows, line, hint } = entering;
  const read = rows.map((row) => ({ row, says: line(row.cells) }));
  const fates = new Map(
    read.filter(({ says }) => !says).map(({ row }) => [row.id, unsaved(visit, visit.say(hint))] as const),
  );
  const lines = read.filter(({ says }) => says);
  if (lines.length === 0) return fates;
  const body = lines.map(({ row, says }) => ({ student_id: row.id, version: row.version, ...says }));
  const outcome = await attempt(visit.api.send('PUT', path, { body }));
  if ('failure' in outcome && (!(outcome.failure instanceof Refusal) || outcome.failure.status === 404))
    throw outcome.failure;
  const told = new Map('value' in outcome ? Outcomes.parse(outcome.value).map((one) => [one.student_id, one]) : []);
  const refused = 'failure' in outcome && outcome.failure instanceof Refusal ? outcome.failure.detail : '';
  for (const { row } of lines) {
    const one = told.get(row.id);
    fates.set(row.id, one ? fateOf(visit, one, row, entering) : unsaved(visit, refused));
  }
  return fates;
}

/** What was typed over what stands, as long as it is not stored: the cells of each row and what became of it. */
export function typedOver<T extends { readonly student_id: number; readonly name: string; readonly version: number }>(
  standing: readonly T[],
  cellsOf: (one: T) => Cells,
  typed: readonly SentRow[],
  fates: ReadonlyMap<number, Fate>,
) {
  const over = new Map(typed.map((one) => [one.id, one]));
  const inOrder = standing.toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
  return inOrder.map((one) => {
    const { student_id: id, name } = one;
    const fate = fates.get(id);
    const mine = fate && fate.kind !== 'saved' ? over.get(id) : undefined;
    // What was never sent still stands over the version that it was typed over.
    const version = mine && fate?.kind === 'unsaved' ? mine.version : one.version;
    return { standing: one, row: { id, name, fate, version, cells: mine?.cells ?? cellsOf(one) } };
  });
}

/** Every row as it waits: typed before a session ended, and to be looked at before it is sent. */
export const waitingRows = (visit: Visit, typed: readonly SentRow[]): ReadonlyMap<number, Fate> => {
  const text = visit.say({
    fr: 'Pas encore enregistré : vérifiez, puis enregistrez',
    en: 'Not saved yet: check it, then save',
  });
  return new Map(typed.map(({ id }) => [id, { kind: 'unsaved', text }]));
};
