import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { attempt, Refusal } from '../kit/api.ts';
import type { Fate, SentRow } from '../kit/rows.ts';
import type { Visit } from '../kit/visit.ts';
import { moment, typedNumber } from '../kit/write.ts';
import { type Entry, entryOf, Standing, typedOf } from './results.ts';

/** The names of a row's cells. */
export const NAMES = ['score', 'comment'] as const;

const Outcomes = z.array(
  z.object({
    student_id: z.int(),
    result: z.enum(['stored', 'unchanged', 'stale_version', 'refused']),
    code: z.string().optional(),
    current: Standing.optional(),
  }),
);
type Outcome = z.output<typeof Outcomes>[number];

const WORDS = {
  saved: { fr: 'Enregistré', en: 'Saved' },
  unreadable: {
    fr: 'Pas enregistré : tapez une note comme 12,5, ou a, d, n',
    en: 'Not saved: type a mark such as 12.5, or a, d, n',
  },
  score_above_out_of: { fr: 'Pas enregistré : au-dessus du maximum', en: 'Not saved: above the maximum' },
  student_not_in_class: {
    fr: 'Pas enregistré : n’est plus dans cette classe',
    en: 'Not saved: no longer in this class',
  },
  other: { fr: 'Pas enregistré', en: 'Not saved' },
  entered: { fr: 'a saisi', en: 'entered' },
  nothing: { fr: 'rien', en: 'nothing' },
  meanwhile: { fr: 'entre-temps', en: 'meanwhile' },
} satisfies Record<string, Localized>;

const wordFor = (code: string | undefined): Localized =>
  code === 'score_above_out_of' || code === 'student_not_in_class' ? WORDS[code] : WORDS.other;

/** What somebody else entered, and who and when. */
function staleFate(visit: Visit, { current }: Outcome): Fate {
  const standing = current ?? { version: 0 };
  const score = typedOf(standing, (value) => typedNumber(value, visit.language));
  const comment = standing.comment ?? '';
  const what = [score || visit.say(WORDS.nothing), comment && `« ${comment} »`].filter(Boolean).join(' ');
  const when = standing.at ? `, ${moment(standing.at, visit.language)}` : '';
  const text = `${standing.author ?? ''} ${visit.say(WORDS.entered)} ${what} ${visit.say(WORDS.meanwhile)}${when}`;
  return { kind: 'stale', text, theirs: { score, comment }, version: standing.version };
}

function fateOf(visit: Visit, outcome: Outcome, { version }: SentRow): Fate {
  const { result, current, code } = outcome;
  if (result === 'stale_version') return staleFate(visit, outcome);
  if (result === 'refused') return { kind: 'unsaved', text: visit.say(wordFor(code)) };
  const now = result === 'stored' ? version + 1 : (current?.version ?? version);
  return { kind: 'saved', text: visit.say(WORDS.saved), version: now };
}

const lineOf = ({ id, version, cells }: SentRow, entry: Entry) => ({
  ...{ student_id: id, version, ...entry },
  ...(cells.comment?.trim() && { comment: cells.comment.trim() }),
});

/**
 * Enters the rows that were touched, each onto the version that it was typed over.
 * @returns what became of each: what is no mark is not sent, and the others are all the same
 * @throws peer_unavailable
 */
export async function enterMarks(
  visit: Visit,
  assessment: string,
  rows: readonly SentRow[],
): Promise<ReadonlyMap<number, Fate>> {
  const read = rows.map((row) => ({ row, entry: entryOf(row.cells.score ?? '') }));
  const lines = read.flatMap(({ row, entry }) => (entry ? [{ row, body: lineOf(row, entry) }] : []));
  const fates = new Map<number, Fate>(
    read
      .filter(({ entry }) => !entry)
      .map(({ row }) => [row.id, { kind: 'unsaved', text: visit.say(WORDS.unreadable) }]),
  );
  if (lines.length === 0) return fates;
  const body = lines.map((one) => one.body);
  const outcome = await attempt(visit.api.send('PUT', `/assessments/${assessment}/results`, { body }));
  if ('failure' in outcome && (!(outcome.failure instanceof Refusal) || outcome.failure.status === 404))
    throw outcome.failure;
  const told = new Map('value' in outcome ? Outcomes.parse(outcome.value).map((one) => [one.student_id, one]) : []);
  const refused = 'failure' in outcome ? outcome.failure.detail : '';
  for (const { row } of lines) {
    const one = told.get(row.id);
    fates.set(
      row.id,
      one ? fateOf(visit, one, row) : { kind: 'unsaved', text: `${visit.say(WORDS.other)}. ${refused}` },
    );
  }
  return fates;
}
