import type { Api } from '../api/connect.ts';
import { listed, take } from '../api/take.ts';
import { command, type Office, optional, sent, text } from '../declare.ts';
import { EXIT, Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column, type Output } from '../output/output.ts';
import { table } from '../output/table.ts';
import { className, done, PAGES, studentId, termWords } from './shared.ts';
import { type RemarkLine, remarksOf, SHEET_FIELDS, type SheetLine, sheetOf } from './sheet-lines.ts';

/** The most lines that one call takes. */
const MOST = 200;

const SHEET = [
  column('student_id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('general', 'Average', 'Moyenne', 'number'),
  column('absences_excused', 'Excused', 'Justifiées', 'number'),
  column('absences_unexcused', 'Unexcused', 'Non justifiées', 'number'),
  column('late', 'Late', 'Retards', 'number'),
  column('conduct', 'Conduct', 'Conduite'),
  column('remark', 'Remark', 'Appréciation'),
  column('proposed_mention', 'Proposed', 'Proposée'),
  column('mention', 'Honour', 'Mention'),
  column('decision', 'Decision', 'Décision', 'word'),
  column('version', 'Version', 'Version', 'number'),
];

const REMARK = [
  column('student_id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('subject', 'Subject', 'Matière'),
  column('text', 'Remark', 'Appréciation'),
  column('author', 'By', 'Par'),
  column('version', 'Version', 'Version', 'number'),
];

const TOLD = [
  column('student_id', 'No.', 'N°', 'number'),
  column('result', 'Result', 'Résultat', 'word'),
  column('code', 'Reason', 'Raison', 'word'),
  column('current.author', 'By', 'Par'),
];

const name = text('CLASS', className);
const term = text('TERM', termWords);
const subject = text('SUBJECT', words('the subject', 'la matière'));

interface Told {
  readonly student_id: number;
  readonly result: string;
}

const isKept = ({ result }: Told): boolean => result === 'stored' || result === 'unchanged';

/** Sends lines, as many a call as it takes. */
async function inParts<L, T>(lines: readonly L[], send: (part: L[]) => Promise<readonly T[]>): Promise<T[]> {
  const told: T[] = [];
  for (let at = 0; at < lines.length; at += MOST) told.push(...(await send(lines.slice(at, at + MOST))));
  return told;
}

/** What became of each line: those that were refused are shown, and the exit code tells. */
function toldOf(items: readonly Told[], { terminal }: Office): Output {
  const kept = items.filter(isKept).length;
  if (kept === items.length)
    return done(`${kept} lines are stored.`, `${kept} lignes sont enregistrées.`, { item: items });
  terminal.err(
    table(
      items.filter((one) => !isKept(one)),
      TOLD,
      terminal,
    ),
  );
  const said = [
    `${kept} of ${items.length} lines are stored.`,
    `${kept} lignes sur ${items.length} sont enregistrées.`,
  ] as const;
  return done(...said, { item: items, exit: EXIT.invalid });
}

const sheetsOf = (api: Api, class_name: string, term: string | undefined, wanted: object = { all: true }) =>
  listed(wanted, (page) =>
    api.GET('/classes/{class_name}/sheets', {
      params: { path: { class_name }, query: { ...sent({ term }), ...page } },
    }),
  );

const write = (api: Api, class_name: string, term: string | undefined, lines: readonly SheetLine[]) =>
  inParts(lines, (body) => {
    const params = { path: { class_name }, query: sent({ term }) };
    return take(api.PUT('/classes/{class_name}/sheets', { params, body }));
  });

export const sheet = command({
  about: words("The sheet of a class's council", "La feuille du conseil d'une classe"),
  answers: 'readSheets',
  args: { class: name },
  options: { term, ...PAGES },
  examples: [
    ['campus classes sheet "4e A"', words('the open term', 'la période ouverte')],
    [
      'campus classes sheet "4e A" --all --csv > sheet.csv',
      words(
        'to fill in a spreadsheet; then: campus classes council < sheet.csv',
        'à remplir dans un tableur ; puis : campus classes council < sheet.csv',
      ),
    ],
  ],
  async run({ class: class_name, term, ...wanted }, { api }) {
    return { kind: 'rows', ...(await sheetsOf(api, class_name, term, wanted)), columns: SHEET };
  },
});

/** Lets somebody go through the sheet, a student after the other: what was written is stored at once. */
async function byHand(office: Office, class_name: string, term: string | undefined): Promise<Told[]> {
  const { sheetByHand } = await import('../menu/council.ts');
  const { items } = await sheetsOf(office.api, class_name, term);
  const told: Told[] = [];
  await sheetByHand(office.terminal, items, async (line) => {
    const [one] = await write(office.api, class_name, term, [line]);
    if (one) told.push(one);
    return one !== undefined && isKept(one);
  });
  return told;
}

export const council = command({
  about: words(
    "Write the council's sheet: one student by options, student after student at a terminal, or all from CSV in a pipe",
    "Écrire la feuille du conseil : un étudiant par options, l'un après l'autre au terminal, ou tous en CSV par un tube",
  ),
  answers: 'enterSheets',
  args: { class: name, student: optional(studentId) },
  options: { term, ...SHEET_FIELDS },
  examples: [
    [
      'campus classes council "4e A" 12 --late 2 --remark "Bon travail"',
      words('one student; "" takes a field away', 'un étudiant ; « » vide un champ'),
    ],
    ['campus classes council "4e A"', words('student after student', "un étudiant après l'autre")],
    [
      'campus classes council "4e A" < sheet.csv',
      words('as campus classes sheet --csv has it', "comme campus classes sheet --csv l'affiche"),
    ],
  ],
  async run({ class: class_name, student, term, ...fields }, office) {
    const written = sent(fields);
    const isWritten = Object.keys(written).length > 0;
    if (isWritten !== (student !== undefined))
      throw new Misuse(
        words(
          'a student and what is written on them belong together',
          "un étudiant et ce qui s'écrit de lui vont ensemble",
        ),
      );
    if (student === undefined && office.terminal.asks) return toldOf(await byHand(office, class_name, term), office);
    const lines =
      student === undefined ? sheetOf(await office.piped()) : [{ student_id: student, ...written } as SheetLine];
    return toldOf(await write(office.api, class_name, term, lines), office);
  },
});

export const remarks = command({
  about: words('What teachers remark on the students of a class', "Les appréciations des enseignants d'une classe"),
  answers: 'readRemarks',
  args: { class: name },
  options: { subject, term, ...PAGES },
  examples: [
    ['campus classes remarks "4e A" --subject Maths', words('of one subject', "d'une matière")],
    [
      'campus classes remarks "4e A" --subject Maths --all --csv > remarks.csv',
      words(
        'to fill in; then: campus classes remark < remarks.csv',
        'à remplir ; puis : campus classes remark < remarks.csv',
      ),
    ],
  ],
  async run({ class: class_name, subject, term, ...wanted }, { api }) {
    const found = await listed(wanted, (page) => {
      const query = { ...sent({ subject, term }), ...page };
      return api.GET('/classes/{class_name}/remarks', { params: { path: { class_name }, query } });
    });
    return { kind: 'rows', ...found, columns: REMARK };
  },
});

export const remark = command({
  about: words(
    'Remark on a student in a subject, or on a class from CSV in a pipe (student_id,text)',
    "Écrire l'appréciation d'un étudiant dans une matière, ou d'une classe en CSV par un tube (student_id,text)",
  ),
  answers: 'enterRemarks',
  args: {
    class: name,
    student: optional(studentId),
    text: optional(text('TEXT', words('the remark; "" takes it away', "l'appréciation ; « » la retire"))),
  },
  options: { subject, term },
  examples: [
    ['campus classes remark "4e A" 12 "Rigoureuse." --subject Maths', words('one student', 'un étudiant')],
    ['campus classes remark "4e A" --subject Maths < remarks.csv', words('a file', 'un fichier')],
  ],
  async run({ class: class_name, student, text, subject, term }, office) {
    if (!subject) throw new Misuse(words('--subject is missing', '--subject manque'));
    if (student !== undefined && text === undefined)
      throw new Misuse(words('the remark is missing', "l'appréciation manque"));
    const lines: RemarkLine[] =
      student === undefined ? remarksOf(await office.piped()) : [{ student_id: student, text: text || null }];
    const told = await inParts(lines, (body) => {
      const params = { path: { class_name }, query: { subject, ...sent({ term }) } };
      return take(office.api.PUT('/classes/{class_name}/remarks', { params, body }));
    });
    return toldOf(told, office);
  },
});
