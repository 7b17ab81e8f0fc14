import { listed, tagged, take } from '../api/take.ts';
import { choice, clearable, command, flag, many, number, optional, sent, text } from '../declare.ts';
import { EXIT, Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { type Entered, entriesOf, pairOf } from './entries.ts';
import { className, done, PAGES, REMOVED, removed, termWords, YES } from './shared.ts';

export const ASSESSMENT = [
  column('date', 'Date', 'Date', 'date'),
  column('class_name', 'Class', 'Classe'),
  column('subject', 'Subject', 'Matière'),
  column('category', 'Category', 'Catégorie'),
  column('title', 'Title', 'Titre'),
  column('out_of', 'Out of', 'Sur', 'number'),
  column('coefficient', 'Coefficient', 'Coefficient', 'number'),
  column('counts', 'Counts', 'Compte', 'word'),
  column('release_at', 'Shown from', 'Visible dès', 'time'),
  column('id', 'Id', 'Id', 'id'),
];

const LINE = [
  column('student_id', 'Student', 'Étudiant', 'number'),
  column('result', 'Result', 'Résultat', 'word'),
  column('code', 'Reason', 'Raison', 'word'),
  column('current.score', 'There is', 'Il y a', 'number'),
  column('current.author', 'By', 'Par'),
];

const id = text('ID', words("the assessment's id", "l'identifiant de l'évaluation"));

const FIELDS = {
  category: clearable('NAME', words("a category of the class's programme", 'une catégorie du programme de la classe')),
  out_of: number('N', words("the highest mark (the class's scale)", 'la note la plus haute (le barème de la classe)')),
  coefficient: number('N', words('its weight (1)', 'son poids (1)')),
  counts: choice(['always', 'bonus', 'never'], words('whether it counts', 'si elle compte')),
  date: clearable('DATE', words('the day, like 2026-11-26', 'le jour, comme 2026-11-26')),
  release_at: clearable(
    'TIME',
    words(
      'when families see it, like 2026-12-01T17:00:00Z (at once)',
      'quand les familles la voient, comme 2026-12-01T17:00:00Z (aussitôt)',
    ),
  ),
};

const list = command({
  about: words('Assessments of a class', "Les évaluations d'une classe"),
  answers: 'listAssessments',
  args: { class: text('CLASS', className) },
  options: { subject: text('SUBJECT', words('the subject', 'la matière')), term: text('TERM', termWords), ...PAGES },
  examples: [['campus assessments list "4e A" --subject Maths', words('of a class', "d'une classe")]],
  async run({ class: class_name, subject, term, ...wanted }, { api }) {
    const filters = { class_name, ...sent({ subject, term }) };
    const found = await listed(wanted, (page) =>
      api.GET('/assessments', { params: { query: { ...filters, ...page } } }),
    );
    return { kind: 'rows', ...found, columns: ASSESSMENT };
  },
});

const add = command({
  about: words('Set up an assessment of a class', "Créer une évaluation d'une classe"),
  answers: 'createAssessment',
  args: { title: text('TITLE', words('what it is called', 'son titre')) },
  options: {
    class: text('CLASS', className),
    subject: text('SUBJECT', words('the subject', 'la matière')),
    term: text('TERM', termWords),
    ...FIELDS,
  },
  examples: [
    [
      'campus assessments add "Devoir 3" --class "4e A" --subject Maths --out-of 10',
      words('then: campus assessments enter', 'puis : campus assessments enter'),
    ],
  ],
  async run({ title, class: class_name, category, date, release_at, ...rest }, { api }) {
    if (!class_name) throw new Misuse(words('--class is missing', '--class manque'));
    const optionalFields = sent({
      ...rest,
      category: category ?? undefined,
      date: date ?? undefined,
      release_at: release_at ?? undefined,
    });
    const item = await take(api.POST('/assessments', { body: { title, class_name, ...optionalFields } }));
    return done(
      `${title} of ${class_name} is set up: ${item.id}.`,
      `${title} de ${class_name} est créée : ${item.id}.`,
      { item, id: item.id },
    );
  },
});

const show = command({
  about: words('One assessment', 'Une évaluation'),
  answers: 'readAssessment',
  args: { id },
  examples: [['campus assessments show 0199a…', words('how it counts', 'comment elle compte')]],
  async run({ id }, { api }) {
    const item = await take(api.GET('/assessments/{id}', { params: { path: { id } } }));
    return { kind: 'card', item, columns: ASSESSMENT };
  },
});

const edit = command({
  about: words('Change an assessment; "" takes a field away', 'Modifier une évaluation ; « » vide un champ'),
  answers: 'changeAssessment',
  args: { id },
  options: { title: text('TITLE', words('its title', 'son titre')), ...FIELDS },
  examples: [['campus assessments edit 0199a… --coefficient 2', words('weigh it double', 'la compter double')]],
  async run({ id, ...changes }, { api }) {
    const body = sent(changes);
    if (Object.keys(body).length === 0)
      throw new Misuse(words('nothing to change was given', "rien à modifier n'est donné"));
    const path = { id };
    const { etag } = await tagged(api.GET('/assessments/{id}', { params: { path } }));
    const item = await take(
      api.PATCH('/assessments/{id}', { params: { path, header: sent({ 'If-Match': etag }) }, body }),
    );
    return done(`${item.title} is changed.`, `${item.title} est modifiée.`, { item });
  },
});

const remove = command({
  about: words('Remove an assessment', 'Supprimer une évaluation'),
  answers: REMOVED,
  args: { id: many(id) },
  options: { ...YES, with_results: flag(words('with the marks in it', 'avec les notes dedans')) },
  examples: [['campus assessments remove 0199a…', words('asks first', "demande d'abord")]],
  run: ({ id, yes, with_results }, office) =>
    removed(id, yes, office, words('assessment', "l'évaluation"), (one) => {
      const query = sent({ with_results: with_results && ('true' as const) });
      return take(office.api.DELETE('/assessments/{id}', { params: { path: { id: one }, query } }));
    }),
});

const enter = command({
  about: words(
    'Enter the marks of a class: in a grid, as words, or as CSV from a pipe (student_id,score,comment)',
    "Saisir les notes d'une classe : dans une grille, en mots, ou en CSV par un tube (student_id,score,comment)",
  ),
  answers: 'enterResults',
  args: {
    id,
    mark: optional(
      many({
        ...text(
          'STUDENT=MARK',
          words(
            'a mark, or absent, exempt, missing; empty takes it away',
            'une note, ou absent, exempt, missing ; vide la retire',
          ),
        ),
        read: pairOf,
      }),
    ),
  },
  examples: [
    ['campus assessments enter 0199a…', words('the grid', 'la grille')],
    ['campus assessments enter 0199a… 12=15,5 13=absent', words('two students', 'deux étudiants')],
    ['campus assessments enter 0199a… < marks.csv', words('a file', 'un fichier')],
  ],
  async run({ id, mark = [] }, office) {
    const { api, terminal } = office;
    let entries: readonly Entered[] = mark;
    if (entries.length === 0 && terminal.asks) entries = await (await import('../menu/entering.ts')).gridOf(office, id);
    else if (entries.length === 0) entries = entriesOf(await office.piped());
    if (entries.length === 0) return done('Nothing was entered.', "Rien n'a été saisi.");
    const items = await take(api.PUT('/assessments/{id}/results', { params: { path: { id } }, body: [...entries] }));
    const kept = items.filter(({ result }) => result === 'stored' || result === 'unchanged').length;
    if (kept === items.length)
      return done(`${kept} marks are stored.`, `${kept} notes sont enregistrées.`, { item: items });
    const { print } = await import('../output/print.ts');
    if (terminal.seen)
      print(
        {
          kind: 'rows',
          items: items.filter(({ result }) => result !== 'stored' && result !== 'unchanged'),
          columns: LINE,
        },
        'screen',
        terminal,
      );
    return done(
      `${kept} of ${items.length} marks are stored.`,
      `${kept} notes sur ${items.length} sont enregistrées.`,
      { item: items, exit: EXIT.invalid },
    );
  },
});

export const commands = { list, add, show, edit, remove, enter };
