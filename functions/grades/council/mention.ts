import type { Figure } from '../averages/vocabulary.ts';
import { type Programme, programmeOr } from '../classes/programme.ts';
import { hundredths } from '../marks/decimal.ts';

/** The mention that a programme proposes for an average, in hundredths: the highest that it reaches. */
export function mentionFor(programme: Programme | undefined, general: Figure | undefined): string | undefined {
  if (general === undefined) return undefined;
  const reached = programmeOr(programme).mentions.filter(({ from }) => hundredths(from) <= general);
  return reached.toSorted((a, b) => b.from - a.from)[0]?.label;
}
