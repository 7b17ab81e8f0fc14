import { download } from '../api/download.ts';
import { listed, take } from '../api/take.ts';
import { command, sent, text } from '../declare.ts';
import { words } from '../language.ts';
import { histogram } from '../output/chart.ts';
import { column } from '../output/output.ts';
import { card } from '../output/table.ts';
import { className, termWords } from './shared.ts';

const AVERAGE = [
  column('name', 'Name', 'Nom'),
  column('average', 'Average', 'Moyenne', 'number'),
  column('student_id', 'No.', 'N°', 'number'),
];

/** The figures of a class. */
export const STATS = [
  column('class_name', 'Class', 'Classe'),
  column('subject', 'Subject', 'Matière'),
  column('size', 'Students', 'Élèves', 'number'),
  column('count', 'With an average', 'Avec une moyenne', 'number'),
  column('mean', 'Mean', 'Moyenne', 'number'),
  column('median', 'Median', 'Médiane', 'number'),
  column('min', 'Lowest', 'Minimum', 'number'),
  column('max', 'Highest', 'Maximum', 'number'),
  column('standard_deviation', 'Standard deviation', 'Écart type', 'number'),
  column('pass_rate', 'Pass rate, %', 'Taux de réussite, %', 'number'),
];

export const report = command({
  about: words(
    'Everybody in a class by average, with its figures and its histogram',
    'Toute une classe par moyenne, avec ses chiffres et son histogramme',
  ),
  answers: 'listAverages',
  args: { class: text('CLASS', className) },
  options: {
    term: text('TERM', termWords),
    pdf: text('FILE', words('write it as PDF into a file', "l'écrire en PDF dans un fichier")),
  },
  examples: [
    ['campus classes report "4e A"', words('of the open term', 'de la période ouverte')],
    ['campus classes report "4e A" --pdf 4eA.pdf', words('to hand out, too', 'à remettre, aussi')],
  ],
  async run({ class: class_name, term, pdf }, office) {
    const { api, terminal } = office;
    const params = { path: { class_name }, query: sent({ term }) };
    if (pdf) {
      const query = { lang: terminal.language, ...sent({ term }) };
      const ask = () =>
        api.GET('/classes/{class_name}/report.pdf', { params: { path: { class_name }, query }, parseAs: 'stream' });
      await download(office, pdf, ask);
    }
    const [{ items }, stats, { scale }] = await Promise.all([
      listed({ all: true }, (page) =>
        api.GET('/grades', { params: { query: { class_name, order: 'desc', ...sent({ term }), ...page } } }),
      ),
      take(api.GET('/classes/{class_name}/stats', { params })),
      take(api.GET('/classes/{class_name}', { params: { path: { class_name } } })),
    ]);
    return {
      kind: 'rows',
      items,
      columns: AVERAGE,
      below: (shown) =>
        [card(stats, STATS, shown), histogram(stats.histogram, scale, shown)]
          .filter(Boolean)
          .map((part) => `\n${part}`)
          .join(''),
    };
  },
});
