import { listed, tagged, take } from '../api/take.ts';
import {
  choice,
  clearable,
  command,
  email,
  flag,
  many,
  number,
  numberOf,
  optional,
  orNothing,
  phone,
  sent,
  text,
} from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { changedSchema, className, done, PAGES, REMOVED, removed, studentId, YES } from './shared.ts';
import { exportStudents, importStudents } from './student-files.ts';
import { accept, leave, move, restore } from './student-moves.ts';
import { search } from './student-search.ts';

export const STUDENT = [
  column('id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('class_name', 'Class', 'Classe'),
  column('phone', 'Phone', 'Téléphone'),
  column('email', 'E-mail', 'E-mail'),
  column('status', 'Status', 'Statut', 'word'),
  column('paid', 'Paid', 'Payé', 'yes'),
];

const DETAILS = [
  ...STUDENT,
  column('first_name', 'First name', 'Prénom'),
  column('last_name', 'Last name', 'Nom de famille'),
  column('username', 'Account', 'Compte'),
  column('guardians', 'Guardians', 'Parents', 'list'),
  column('registered_at', 'Enrolled', 'Inscrit', 'time'),
];

const AVERAGE = [
  column('student_id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('class_name', 'Class', 'Classe'),
  column('average', 'Average', 'Moyenne', 'number'),
  column('scale', 'Out of', 'Sur', 'number'),
];

const FIELDS = {
  first_name: text('NAME', words('first name', 'prénom')),
  last_name: text('NAME', words('family name', 'nom de famille')),
  email: email(words('e-mail address', 'adresse e-mail')),
  phone: phone(words('phone number, like +221 77 123 45 67', 'téléphone, comme +221 77 123 45 67')),
  class: text('CLASS', className),
  username: text('NAME', words("the student's account", "le compte de l'étudiant")),
};

/** A mark of 0 to 20, as `add_grade` takes it. @throws Misuse */
export const markOf = (given: string): number => {
  const mark = numberOf(given);
  if (mark < 0 || mark > 20)
    throw new Misuse(words(`a mark is from 0 to 20, not ${given}`, `une note va de 0 à 20, pas ${given}`));
  return mark;
};

const add = command({
  about: words('Enrol a student', 'Inscrire un étudiant'),
  answers: 'registerStudent',
  args: { name: optional(text('NAME', words('first and family name', 'prénom et nom'))) },
  options: {
    ...FIELDS,
    marks: many({
      ...number(
        'MARK',
        words('a first mark, from 0 to 20; may be repeated', 'une première note, de 0 à 20 ; peut se répéter'),
      ),
      read: markOf,
    }),
  },
  examples: [
    [
      'campus students add "Awa Diop" --email awa@example.sn --phone "77 123 45 67" --class "4e A"',
      words('prints the number that the student gets', "affiche le numéro que l'étudiant reçoit"),
    ],
    [
      'campus students add "Awa Diop" --email awa@example.sn --marks 12 --marks 15,5',
      words('with two marks', 'avec deux notes'),
    ],
  ],
  async run({ name, class: class_name, marks = [], email, ...fields }, { api }) {
    const full = name ?? [fields.first_name, fields.last_name].filter(Boolean).join(' ');
    if (!full) throw new Misuse(words('the name is missing', 'le nom manque'));
    if (!email) throw new Misuse(words('--email is missing', '--email manque'));
    const body = { name: full, email, ...sent({ ...fields, class_name }) };
    const made = await take(api.POST('/register', { body }));
    if (marks.length > 0) {
      await take(api.POST('/init_student', { body: { id: made.id, name: full, ...sent({ class_name }) } }));
      const params = { path: { student_id: made.id } };
      for (const grade of marks) await take(api.POST('/add_grade/{student_id}', { params, body: { grade } }));
    }
    return done(`${full} is enrolled as number ${made.id}.`, `${full} est inscrit sous le numéro ${made.id}.`, {
      item: made,
      id: made.id,
    });
  },
});

const list = command({
  about: words('Students, in the order of their names or by average', 'Les étudiants, par nom ou par moyenne'),
  answers: 'listStudents',
  options: {
    class: FIELDS.class,
    status: choice(['pending', 'enrolled', 'left'], words('only these', 'seulement ceux-là')),
    unpaid: flag(words('only who owes something', 'seulement qui doit quelque chose')),
    ...PAGES,
  },
  examples: [
    ['campus students list --class "4e A"', words('one class', 'une classe')],
    [
      'campus students list --all --csv > students.csv',
      words('everybody, for a spreadsheet', 'tout le monde, pour un tableur'),
    ],
  ],
  async run({ class: class_name, status, unpaid, ...wanted }, { api }) {
    const filters = sent({ class_name, status, paid: unpaid && ('false' as const) });
    const found = await listed(wanted, (page) => api.GET('/students', { params: { query: { ...filters, ...page } } }));
    return { kind: 'rows', ...found, columns: STUDENT };
  },
});

const averages = command({
  about: words('Students by average, the best first', "Les étudiants par moyenne, le meilleur d'abord"),
  answers: 'listAverages',
  options: {
    class: FIELDS.class,
    term: text('TERM', words('the term', 'la période')),
    ascending: flag(words('the weakest first', "le plus faible d'abord")),
    ...PAGES,
  },
  examples: [['campus students averages --class "4e A"', words('one class', 'une classe')]],
  async run({ class: class_name, term, ascending, ...wanted }, { api }) {
    const query = sent({ class_name, term, order: ascending ? ('asc' as const) : ('desc' as const) });
    const found = await listed(wanted, (page) => api.GET('/grades', { params: { query: { ...query, ...page } } }));
    return { kind: 'rows', ...found, columns: AVERAGE };
  },
});

const find = command({
  about: words('Find students by name, phone or class', 'Trouver des étudiants par nom, téléphone ou classe'),
  answers: 'listStudents',
  args: {
    text: optional(
      text(
        'TEXT',
        words('the beginning of a name, a phone number, or a class', "le début d'un nom, un téléphone ou une classe"),
      ),
    ),
  },
  options: {
    first_name: FIELDS.first_name,
    last_name: FIELDS.last_name,
    phone: text('NUMBER', words('phone number', 'téléphone')),
    class: FIELDS.class,
    ...PAGES,
  },
  examples: [
    ['campus students search diop', words('accents and case do not matter', 'ni accents ni majuscules ne comptent')],
    ['campus students search --phone "77 123 45 67"', words('by phone', 'par téléphone')],
  ],
  async run(given, { api }) {
    return { kind: 'rows', ...(await search(api, given)), columns: STUDENT };
  },
});

const show = command({
  about: words('One student', 'Un étudiant'),
  answers: 'readStudent',
  args: { id: studentId },
  examples: [['campus students show 12', words('all that is known', 'tout ce qui est connu')]],
  async run({ id }, { api }) {
    return {
      kind: 'card',
      item: await take(api.GET('/students/{id}', { params: { path: { id } } })),
      columns: DETAILS,
    };
  },
});

const edit = command({
  about: words(
    'Change what is written of a student; "" takes a field away',
    "Modifier ce qui est écrit d'un étudiant ; « » vide un champ",
  ),
  answers: 'amendStudent',
  args: { id: studentId },
  options: {
    name: text('NAME', words('first and family name', 'prénom et nom')),
    first_name: clearable('NAME', FIELDS.first_name.about),
    last_name: clearable('NAME', FIELDS.last_name.about),
    email: FIELDS.email,
    phone: orNothing(FIELDS.phone),
    class: clearable('CLASS', className),
    username: clearable('NAME', FIELDS.username.about),
    status: choice(['pending', 'enrolled'], words('accepted or not', 'accepté ou non')),
  },
  examples: [
    [
      'campus students edit 12 --class "3e B" --phone ""',
      words('another class, no phone', 'une autre classe, sans téléphone'),
    ],
  ],
  async run({ id, class: class_name, ...fields }, { api }) {
    const body = sent({ ...fields, class_name });
    if (Object.keys(body).length === 0)
      throw new Misuse(words('nothing to change was given', "rien à modifier n'est donné"));
    const params = { path: { id } };
    const { etag } = await tagged(api.GET('/students/{id}', { params }));
    const item = await take(
      api.PATCH('/students/{id}', { params: { ...params, header: sent({ 'If-Match': etag }) }, body }),
    );
    return done(`Student ${id} is changed.`, `L'étudiant ${id} est modifié.`, { item });
  },
});

const remove = command({
  about: words('Remove students', 'Supprimer des étudiants'),
  answers: REMOVED,
  args: { id: many(studentId) },
  options: YES,
  examples: [['campus students remove 12 13', words('asks first', "demande d'abord")]],
  run: ({ id, yes }, office) =>
    removed(id, yes, office, words('student', "l'étudiant"), (one) =>
      take(office.api.DELETE('/students/{id}', { params: { path: { id: one } } })),
    ),
});

const notify = command({
  answers: changedSchema('notified', { type: 'array', items: { type: 'integer' } }),
  about: words(
    'Open the marks of students: the grades service is told of them',
    "Ouvrir les notes d'étudiants : le service des notes en est averti",
  ),
  args: { id: many(studentId) },
  examples: [
    [
      'campus students notify 12',
      words('may be repeated, no mark is lost', "peut se répéter, aucune note n'est perdue"),
    ],
  ],
  async run({ id }, { api }) {
    for (const student_id of id)
      await take(api.POST('/notify_grades/{student_id}', { params: { path: { student_id } } }));
    return done(
      `The grades service is told of ${id.join(', ')}.`,
      `Le service des notes est averti : ${id.join(', ')}.`,
      { item: { notified: id } },
    );
  },
});

const code = command({
  about: words('A code by which a family claims its record', 'Un code par lequel une famille prend son dossier'),
  answers: 'issueStudentCode',
  args: { id: studentId },
  examples: [['campus students code 12', words('hand it out on paper', 'à remettre sur papier')]],
  async run({ id }, { api }) {
    const item = await take(api.POST('/students/{id}/claim-code', { params: { path: { id } } }));
    return {
      kind: 'card',
      item,
      columns: [column('code', 'Code', 'Code'), column('expires_at', 'Until', "Jusqu'à", 'time')],
    };
  },
});

const claim = command({
  about: words('Take the record that a code is for', 'Prendre le dossier que le code ouvre'),
  answers: 'claimStudent',
  args: { code: text('CODE', words('the code', 'le code')) },
  examples: [['campus students claim ABCD-EFGH', words('it is yours then', 'il est à vous')]],
  async run({ code }, { api }) {
    const item = await take(api.POST('/students/claim', { body: { code } }));
    return { kind: 'card', item, columns: DETAILS };
  },
});

export const commands = {
  ...{ add, list, averages, search: find, show, edit, accept, move, leave, remove, restore },
  ...{ notify, code, claim, import: importStudents, export: exportStudents },
};
