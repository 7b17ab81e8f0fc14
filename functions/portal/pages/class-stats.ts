import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { histogram } from '../kit/charts.ts';
import { empty, table } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { number } from '../kit/write.ts';

/** `GET /classes/{class_name}/stats`. */
export const Stats = z.object({
  count: z.int(),
  mean: z.number().optional(),
  median: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  standard_deviation: z.number().optional(),
  pass_rate: z.number().optional(),
  histogram: z.array(z.int()),
});
export type Stats = z.output<typeof Stats>;

/** `GET /grades` of a class. */
export const Averages = z.array(z.object({ student_id: z.int(), average: z.number().nullable(), scale: z.number() }));
export type Averages = z.output<typeof Averages>;

const WORDS = {
  figures: { fr: 'Moyennes générales', en: 'General averages' },
  noFigures: {
    fr: 'Personne n’a encore de moyenne dans cette période.',
    en: 'Nobody has an average in this term yet.',
  },
  figure: { fr: 'Mesure', en: 'Measure' },
  value: { fr: 'Valeur', en: 'Value' },
  count: { fr: 'Élèves avec une moyenne', en: 'Students with an average' },
  mean: { fr: 'Moyenne de la classe', en: 'Mean of the class' },
  median: { fr: 'Médiane', en: 'Median' },
  min: { fr: 'La plus basse', en: 'Lowest' },
  max: { fr: 'La plus haute', en: 'Highest' },
  standard_deviation: { fr: 'Écart type', en: 'Standard deviation' },
  pass_rate: { fr: 'Taux de réussite', en: 'Pass rate' },
  average: { fr: 'Moyenne', en: 'Average' },
  inNumbers: { fr: 'En chiffres', en: 'In numbers' },
  spread: { fr: 'Répartition des moyennes', en: 'How the averages are spread' },
  students: { fr: 'élèves', en: 'students' },
} satisfies Record<string, Localized>;

const FIGURES = ['count', 'mean', 'median', 'min', 'max', 'standard_deviation', 'pass_rate'] as const;

/** How a class stands in figures: the spread as a chart with its numbers, and what they come to. */
export function statsPart(visit: Visit, stats: Stats, scale: number): Html {
  if (stats.count === 0) return empty(visit.say(WORDS.noFigures));
  const written = (name: (typeof FIGURES)[number]) => {
    const value = stats[name];
    if (value === undefined) return '–';
    return name === 'count'
      ? number(value, visit.language)
      : number(value, visit.language, 2) + (name === 'pass_rate' ? ' %' : '');
  };
  const columns = [{ name: visit.say(WORDS.figure) }, { name: visit.say(WORDS.value), numeric: true }];
  const rows = FIGURES.map((name) => [visit.say(WORDS[name]), written(name)]);
  const step = scale / stats.histogram.length;
  const spread = stats.histogram.flatMap((count, i) =>
    count > 0 ? [[`${i * step}–${(i + 1) * step}`, count] as const] : [],
  );
  const said = spread.map(([range, count]) => range + visit.colon + count);
  const ranges = [{ name: visit.say(WORDS.average) }, { name: visit.say(WORDS.students), numeric: true }];
  const title = visit.say(WORDS.spread);
  return html`<div class="pair"><div class="card"><h3>${title}</h3>${histogram({ id: 'spread', title, description: said.join(' ; '), counts: stats.histogram, scale, mean: stats.mean })}
<details><summary>${visit.say(WORDS.inNumbers)}</summary>${table(title, ranges, spread)}</details></div>
<div>${table(visit.say(WORDS.figures), columns, rows)}</div></div>`;
}
