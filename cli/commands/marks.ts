import { take } from '../api/take.ts';
import { choice, clearable, command, many, number, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { sparkline } from '../output/chart.ts';
import { column } from '../output/output.ts';
import { number as figure } from '../output/shown.ts';
import { done, REMOVED, removed, studentId, YES } from './shared.ts';
import { markOf } from './students.ts';

const mark = {
  ...number('MARK', words('from 0 to 20; a comma will do', 'de 0 à 20 ; la virgule convient')),
  read: markOf,
};
const result = text('RESULT', words('the id of the mark (campus report)', "l'identifiant de la note (campus report)"));

const DETAILS = {
  subject: text('SUBJECT', words('the subject', 'la matière')),
  coefficient: number('N', words('its weight', 'son poids')),
  comment: text('TEXT', words('a comment', 'un commentaire')),
};

const VERSION = [
  column('at', 'When', 'Quand', 'time'),
  column('author', 'By', 'Par'),
  column('score', 'Mark', 'Note', 'number'),
  column('status', 'Status', 'Statut', 'word'),
  column('subject', 'Subject', 'Matière'),
  column('coefficient', 'Coefficient', 'Coefficient', 'number'),
  column('comment', 'Comment', 'Commentaire'),
  column('version', 'Version', 'Version', 'number'),
];

const add = command({
  about: words('Give marks to a student', 'Donner des notes à un étudiant'),
  answers: 'addGrade',
  args: { student: studentId, mark: many(mark) },
  options: DETAILS,
  examples: [
    ['campus marks add 12 15,5', words('one mark', 'une note')],
    ['campus marks add 12 14 --subject Maths --coefficient 2', words('in a subject', 'dans une matière')],
  ],
  async run({ student, mark, ...details }, { api }) {
    const params = { path: { student_id: student } };
    let item: { id: string } | undefined;
    for (const grade of mark)
      item = await take(api.POST('/add_grade/{student_id}', { params, body: { grade, ...sent(details) } }));
    const given = mark.join(', ');
    return done(`Student ${student} has ${given}.`, `L'étudiant ${student} a ${given}.`, {
      item,
      ...(item && { id: item.id }),
    });
  },
});

const set = command({
  about: words(
    "Replace a student's plain marks of the open term: these and no others",
    "Remplacer les notes simples d'un étudiant dans la période ouverte : celles-là et pas d'autres",
  ),
  answers: 'replaceGrades',
  args: { student: studentId, mark: many(mark) },
  examples: [['campus marks set 12 12 15,5 9', words('three marks', 'trois notes')]],
  async run({ student, mark }, { api }) {
    const params = { path: { student_id: student } };
    const item = await take(api.PUT('/grades/{student_id}', { params, body: { grades: [...mark] } }));
    return done(`Student ${student} has ${mark.join(', ')}.`, `L'étudiant ${student} a ${mark.join(', ')}.`, { item });
  },
});

const show = command({
  about: words(
    "A student's plain marks of the year, in the order in which they came",
    "Les notes simples d'un étudiant dans l'année, dans l'ordre où elles sont venues",
  ),
  answers: 'getGrades',
  args: { student: studentId },
  examples: [['campus marks show 12', words('with a line of their heights', 'avec une courbe')]],
  async run({ student }, { api }) {
    const item = await take(api.GET('/get_grades/{student_id}', { params: { path: { student_id: student } } }));
    return {
      kind: 'card',
      item,
      columns: [column('name', 'Name', 'Nom'), column('grades', 'Marks', 'Notes', 'list')],
      below: ({ language }) =>
        item.grades.length > 1 ? `${sparkline(item.grades, 20)}  ${mean(item.grades, language)}\n` : '',
    };
  },
});

const mean = (marks: readonly number[], language: 'en' | 'fr'): string => {
  const value = figure(marks.reduce((sum, one) => sum + one, 0) / marks.length, language);
  return { en: `plain mean ${value}`, fr: `moyenne simple ${value}` }[language];
};

const edit = command({
  about: words(
    'Change one mark; what it was stays in its history',
    'Modifier une note ; ce qu’elle était reste dans son historique',
  ),
  answers: 'changeResult',
  args: { student: studentId, result },
  options: {
    score: number('MARK', words('the new mark', 'la nouvelle note')),
    status: choice(['absent', 'exempt', 'missing'], words('a word in place of a mark', "un mot à la place d'une note")),
    subject: clearable('SUBJECT', DETAILS.subject.about),
    coefficient: DETAILS.coefficient,
    comment: clearable('TEXT', DETAILS.comment.about),
  },
  examples: [['campus marks edit 12 0199a… --score 16', words('a correction', 'une correction')]],
  async run({ student, result, ...changes }, { api }) {
    const body = sent(changes);
    if (Object.keys(body).length === 0)
      throw new Misuse(words('nothing to change was given', "rien à modifier n'est donné"));
    const params = { path: { student_id: student, result_id: result } };
    const item = await take(api.PATCH('/grades/{student_id}/{result_id}', { params, body }));
    return done(`The mark of student ${student} is changed.`, `La note de l'étudiant ${student} est modifiée.`, {
      item,
    });
  },
});

const remove = command({
  about: words('Take marks of a student away', "Retirer des notes d'un étudiant"),
  answers: REMOVED,
  args: { student: studentId, result: many(result) },
  options: YES,
  examples: [['campus marks remove 12 0199a…', words('asks first', "demande d'abord")]],
  run: ({ student, result, yes }, office) =>
    removed(result, yes, office, words('mark', 'la note'), (result_id) =>
      take(
        office.api.DELETE('/grades/{student_id}/{result_id}', { params: { path: { student_id: student, result_id } } }),
      ),
    ),
});

const history = command({
  about: words('What one mark was, who changed it and when', 'Ce que fut une note, qui l’a changée et quand'),
  answers: 'readHistory',
  args: { student: studentId, result },
  examples: [['campus marks history 12 0199a…', words('every version', 'chaque version')]],
  async run({ student, result }, { api }) {
    const params = { path: { student_id: student, result_id: result } };
    const items = await take(api.GET('/grades/{student_id}/{result_id}/history', { params }));
    return { kind: 'rows', items, columns: VERSION };
  },
});

export const commands = { add, set, show, edit, remove, history };
