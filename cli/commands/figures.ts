import { take } from '../api/take.ts';
import { command, sent, text } from '../declare.ts';
import { words } from '../language.ts';
import { sparkline } from '../output/chart.ts';
import { column } from '../output/output.ts';
import { card, table } from '../output/table.ts';
import { className, studentId, termWords } from './shared.ts';

const RESULT = [
  column('date', 'Date', 'Date', 'date'),
  column('subject', 'Subject', 'Matière'),
  column('title', 'Title', 'Titre'),
  column('score', 'Mark', 'Note', 'number'),
  column('out_of', 'Out of', 'Sur', 'number'),
  column('status', 'Status', 'Statut', 'word'),
  column('coefficient', 'Coefficient', 'Coefficient', 'number'),
  column('comment', 'Comment', 'Commentaire'),
  column('id', 'Id', 'Id', 'id'),
];

const SUBJECT = [
  column('name', 'Subject', 'Matière'),
  column('figure', 'Average', 'Moyenne', 'number'),
  column('coefficient', 'Coefficient', 'Coefficient', 'number'),
  column('class.mean', 'Class', 'Classe', 'number'),
];

const SUMMARY = [
  column('name', 'Name', 'Nom'),
  column('class_name', 'Class', 'Classe'),
  column('term.name', 'Term', 'Période'),
  column('general', 'Average', 'Moyenne', 'number'),
  column('scale', 'Out of', 'Sur', 'number'),
  column('class.mean', "Class's mean", 'Moyenne de la classe', 'number'),
  column('rank', 'Rank', 'Rang', 'number'),
  column('ranked', 'Of', 'Parmi', 'number'),
  column('change', 'Change', 'Évolution', 'number'),
];

export const report = command({
  about: words(
    'All results and averages of a student in a term',
    "Tous les résultats et moyennes d'un étudiant dans une période",
  ),
  answers: 'readReport',
  args: { student: studentId },
  options: { term: text('TERM', termWords) },
  examples: [['campus report 12', words('the open term', 'la période ouverte')]],
  async run({ student, term }, { api }) {
    const params = { path: { student_id: student }, query: sent({ term }) };
    const item = await take(api.GET('/grades/{student_id}', { params }));
    const scores = item.results.flatMap(({ score, out_of }) => (score === undefined ? [] : [score / out_of]));
    return {
      kind: 'rows',
      items: item.results,
      whole: item,
      columns: RESULT,
      below: (terminal) =>
        [
          table(item.subjects, SUBJECT, terminal),
          ...(scores.length > 1 ? [`${sparkline(scores, 1)}\n`] : []),
          card(item, SUMMARY, terminal),
        ]
          .filter(Boolean)
          .map((part) => `\n${part}`)
          .join(''),
    };
  },
});

export const top10 = command({
  about: words(
    'The ten best averages, of the school or of a class',
    "Les dix meilleures moyennes, de l'école ou d'une classe",
  ),
  answers: 'topTen',
  options: { class: text('CLASS', className), term: text('TERM', termWords) },
  examples: [
    ['campus top10', words('of the school', "de l'école")],
    ['campus top10 --class "4e A"', words('of a class', "d'une classe")],
  ],
  async run({ class: class_name, term }, { api }) {
    const items = await take(api.GET('/rankings/top10', { params: { query: sent({ class_name, term }) } }));
    return {
      kind: 'rows',
      items,
      columns: [
        column('rank', 'Rank', 'Rang', 'number'),
        column('name', 'Name', 'Nom'),
        column('class_name', 'Class', 'Classe'),
        column('average', 'Average', 'Moyenne', 'number'),
        column('scale', 'Out of', 'Sur', 'number'),
        column('student_id', 'No.', 'N°', 'number'),
      ],
    };
  },
});
