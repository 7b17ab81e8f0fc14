import type { components, paths } from '../../clients/campus.ts';
import type { Api } from '../api/connect.ts';
import { take } from '../api/take.ts';
import { command, flag, many, type Office, text, type Value } from '../declare.ts';
import { EXIT, Failure, Misuse } from '../failure.ts';
import { type Language, words } from '../language.ts';
import { column } from '../output/output.ts';
import { table } from '../output/table.ts';
import { done, YES } from './shared.ts';

type View = components['schemas']['RolloverView'];
type Body = paths['/students/rollover']['post']['requestBody']['content']['application/json'];
type Outcome = 'promoted' | 'repeats' | 'conditional' | 'leaves';

const PASSAGE = [
  column('id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('class_name', 'Class', 'Classe'),
  column('outcome', 'Becomes', 'Devient', 'word'),
  column('to', 'Next class', 'Classe suivante'),
  column('why', 'By', "D'après", 'word'),
  column('done', 'Done', 'Fait', 'yes'),
];

/** `4e A=3e A`. */
const moveOf: Value<{ class_name: string; to: string }> = {
  shown: 'CLASS=CLASS',
  about: words(
    'where a class goes, like "4e A=3e A"; may be repeated',
    'où va une classe, comme « 4e A=3e A » ; peut se répéter',
  ),
  read: (given) => {
    const [class_name = '', to = '', ...more] = given.split('=').map((part) => part.trim());
    if (!class_name || !to || more.length > 0)
      throw new Misuse(words(`${given} is not CLASS=CLASS`, `${given} n'est pas CLASSE=CLASSE`));
    return { class_name, to };
  },
};

const OUTCOMES: readonly Outcome[] = ['promoted', 'repeats', 'conditional', 'leaves'];

/** `12=repeats`, `12=promoted:3e B`. */
const rulingOf: Value<{ id: number; outcome: Outcome; class_name?: string }> = {
  shown: 'ID=OUTCOME',
  about: words(
    `what becomes of one student: ${OUTCOMES.join(', ')}, and a class behind a colon; may be repeated`,
    `ce que devient un étudiant : ${OUTCOMES.join(', ')}, et une classe après deux-points ; peut se répéter`,
  ),
  read: (given) => {
    const [, id, word, class_name] = /^([1-9]\d{0,14})=(\w+)(?::(.+))?$/.exec(given.trim()) ?? [];
    const outcome = OUTCOMES.find((one) => one === word);
    if (!outcome) throw new Misuse(words(`${given} is not ID=OUTCOME`, `${given} n'est pas ID=ISSUE`));
    return { id: Number(id), outcome, ...(class_name && { class_name: class_name.trim() }) };
  },
};

/** The year behind a year: 2026-2027 is followed by 2027-2028. @throws Misuse */
export function yearAfter(year: string): string {
  const [, first, second] = /^(\d{4})(?:-(\d{4}))?$/.exec(year.trim()) ?? [];
  if (!first)
    throw new Misuse(words(`${year} is no year like 2026-2027`, `${year} n'est pas une année comme 2026-2027`));
  return [first, second].flatMap((one) => (one ? [String(Number(one) + 1)] : [])).join('-');
}

/** What stands below the list: how many, who is not touched, what stands in the way. */
function summary({ counts, without_move, open_terms }: View, language: Language): string {
  const { promoted, repeats, conditional, leaves } = counts;
  const left = without_move.map(({ class_name, students }) => `${class_name} (${students})`).join(', ');
  const open = open_terms.map(({ name }) => name).join(', ');
  const said = {
    en: [
      `${promoted} promoted, ${conditional} conditionally, ${repeats} repeat, ${leaves} leave.`,
      left && `No move was given for: ${left}. They stay as they are.`,
      open && `Still open: ${open}. Close them first (campus terms close).`,
    ],
    fr: [
      `${promoted} passent, ${conditional} sous condition, ${repeats} redoublent, ${leaves} partent.`,
      left && `Aucun passage donné pour : ${left}. Rien n'y change.`,
      open && `Encore ouvertes : ${open}. À fermer d'abord (campus terms close).`,
    ],
  };
  return said[language].filter(Boolean).join('\n');
}

const called = (api: Api, body: Body, dry_run: boolean): Promise<View> =>
  take(api.POST('/students/rollover', { params: { query: dry_run ? { dry_run: 'true' } : {} }, body }));

const settled = ({ students }: View): number => students.filter(({ done }) => done).length;

/** Runs it to its end: where an answer says that it is not complete, the same call goes on. @throws Failure */
async function carriedOut(api: Api, body: Body): Promise<View> {
  let view = await called(api, body, false);
  while (!view.complete) {
    const next = await called(api, body, false);
    if (settled(next) <= settled(view))
      throw new Failure(words('the roll-over does not go on', "le passage n'avance plus"), EXIT.unreachable);
    view = next;
  }
  return view;
}

/** Shows what would become of everybody, and asks whether it is meant. @throws Interrupted, Misuse */
async function agreed({ api, confirm, terminal }: Office, body: Body): Promise<void> {
  const view = await called(api, body, true);
  if (terminal.asks) terminal.err(`${table(view.students, PASSAGE, terminal)}\n${summary(view, terminal.language)}\n`);
  await confirm(
    words(
      `Begin ${body.to} for ${view.students.length} students?`,
      `Commencer ${body.to} pour ${view.students.length} étudiants ?`,
    ),
  );
}

const rollover = command({
  about: words(
    'Begin the next school year: shows what becomes of every student, and asks before it happens',
    "Commencer l'année suivante : montre ce que devient chaque étudiant, et demande avant de le faire",
  ),
  answers: 'rollOver',
  args: { year: text('YEAR', words('the year that ends, like 2026-2027', "l'année qui finit, comme 2026-2027")) },
  options: {
    move: many(moveOf),
    finish: many(text('CLASS', words('a class whose students have finished', 'une classe dont les élèves ont fini'))),
    student: many(rulingOf),
    dry_run: flag(words('only show what would become of them', "montrer seulement ce qu'ils deviendraient")),
    ...YES,
  },
  examples: [
    [
      'campus year rollover 2026-2027 --move "4e A=3e A" --finish "Terminale S1"',
      words('what a council decided comes first', "ce qu'un conseil a décidé passe avant"),
    ],
    [
      'campus year rollover 2026-2027 --move "4e A=3e A" --student 12=repeats --dry-run',
      words('changes nothing', 'ne change rien'),
    ],
  ],
  async run({ year, move = [], finish = [], student = [], dry_run, yes }, office) {
    const finished = finish.map((class_name) => ({ class_name, to: null }));
    const body: Body = { from: year, to: yearAfter(year), moves: [...move, ...finished], students: [...student] };
    if (body.moves?.length === 0 && student.length === 0 && !dry_run)
      throw new Misuse(
        words('--move, --finish or --student says who goes where', '--move, --finish ou --student dit qui va où'),
        words('--dry-run lists the classes', '--dry-run énumère les classes'),
      );
    if (dry_run) {
      const view = await called(office.api, body, true);
      const below = ({ language }: { language: Language }) => `\n${summary(view, language)}\n`;
      return { kind: 'rows', items: view.students, whole: view, columns: PASSAGE, below };
    }
    if (!yes) await agreed(office, body);
    const item = await carriedOut(office.api, body);
    return done(`${body.to}: ${summary(item, 'en')}`, `${body.to} : ${summary(item, 'fr')}`, { item });
  },
});

export const commands = { rollover };
