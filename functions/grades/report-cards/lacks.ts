import * as z from 'zod';
import type { Council } from '../council/council.ts';
import { mentionFor } from '../council/mention.ts';
import type { CardContent, CardSubject } from './card.ts';
import type { ClassCards } from './content.ts';

/** What a card would be printed without: of a subject where it names one. */
export const Lack = z.object({
  what: z.enum(['figure', 'remark', 'mention', 'decision']),
  subject: z.string().optional(),
});
export type Lack = z.input<typeof Lack>;

/** The subjects that a teacher remarks on, parts among them only where they have teachers of their own. */
const remarkable = (lines: readonly CardSubject[]): CardSubject[] =>
  lines.flatMap((line) => [line, ...remarkable(line.parts).filter(({ teachers }) => teachers.length > 0)]);

/** What a student's card lacks: figures, remarks and the mention that is proposed; of a school year the decision. */
export function lacksOf(
  { subjects, council }: CardContent,
  studentId: number,
  { figures, calendar }: ClassCards,
  { term }: Pick<Council, 'term'>,
): Lack[] {
  const isLeaf = calendar.childrenOf(term.id).length === 0;
  const general = figures.generalOf(studentId);
  const named = remarkable(subjects).filter(({ name }) => name !== undefined);
  const lacking = (what: Lack['what'], all: readonly CardSubject[]): Lack[] =>
    all.map(({ name }) => ({ what, ...(name !== undefined && { subject: name }) }));
  const proposed = mentionFor(figures.programme, general);
  return [
    ...(general === undefined ? [{ what: 'figure' as const }] : []),
    ...(isLeaf
      ? lacking(
          'figure',
          subjects.filter(({ figure, counts }) => figure === undefined && counts === 'always'),
        )
      : []),
    ...(council.remark === undefined ? [{ what: 'remark' as const }] : []),
    ...(isLeaf
      ? lacking(
          'remark',
          named.filter(({ remark }) => remark === undefined),
        )
      : []),
    ...(proposed !== undefined && council.mention === undefined ? [{ what: 'mention' as const }] : []),
    ...(term.parent === undefined && council.decision === undefined ? [{ what: 'decision' as const }] : []),
  ];
}
