import type { paths } from '../../clients/campus.ts';
import { listed, tagged, take } from '../api/take.ts';
import { command, sent, text } from '../declare.ts';
import { Misuse, Refused } from '../failure.ts';
import { words } from '../language.ts';
import { histogram } from '../output/chart.ts';
import { column } from '../output/output.ts';
import { table } from '../output/table.ts';
import { report, STATS } from './class-report.ts';
import { council, remark, remarks, sheet } from './council.ts';
import { publish } from './publish.ts';
import { className, done, PAGES, termWords } from './shared.ts';

export const CLASS = [column('class_name', 'Class', 'Classe'), column('size', 'Students', 'Élèves', 'number')];

const PROGRAMME = [
  column('class_name', 'Class', 'Classe'),
  column('year', 'Year', 'Année'),
  column('size', 'Students', 'Élèves', 'number'),
  column('head_teacher', 'Head teacher', 'Professeur principal'),
  column('scale', 'Marks out of', 'Notes sur', 'number'),
  column('pass_mark', 'Pass mark', 'Seuil de réussite', 'number'),
  column('categories', 'Categories', 'Catégories', 'list'),
  column('mentions', 'Honours', 'Mentions', 'list'),
];

const SUBJECT = [
  column('name', 'Subject', 'Matière'),
  column('coefficient', 'Coefficient', 'Coefficient', 'number'),
  column('teachers', 'Teachers', 'Enseignants', 'list'),
  column('parent', 'Part of', 'Fait partie de', 'id'),
];

const MEMBER = [column('id', 'No.', 'N°', 'number'), column('name', 'Name', 'Nom')];

const name = text('CLASS', className);
const year = text('YEAR', words('the school year (the current one)', "l'année scolaire (celle en cours)"));

const list = command({
  about: words('Classes and how many are in them', 'Les classes et leurs effectifs'),
  answers: 'listClasses',
  options: { year, ...PAGES },
  examples: [['campus classes list', words('of this year', 'de cette année')]],
  async run({ year, ...wanted }, { api }) {
    const found = await listed(wanted, (page) =>
      api.GET('/classes', { params: { query: { ...sent({ year }), ...page } } }),
    );
    return { kind: 'rows', ...found, columns: CLASS };
  },
});

const show = command({
  about: words('A class: its programme and who is in it', 'Une classe : son programme et ses élèves'),
  answers: 'readClass',
  args: { class: name },
  options: { year },
  examples: [['campus classes show "4e A"', words('subjects, teachers, members', 'matières, enseignants, élèves')]],
  async run({ class: class_name, year }, { api }) {
    const item = await take(
      api.GET('/classes/{class_name}', { params: { path: { class_name }, query: sent({ year }) } }),
    );
    return {
      kind: 'card',
      item,
      columns: PROGRAMME,
      below: (terminal) =>
        [table(item.subjects, SUBJECT, terminal), table(item.members, MEMBER, terminal)]
          .filter((_, i) => [item.subjects, item.members][i]?.length)
          .map((part) => `\n${part}`)
          .join(''),
    };
  },
});

const set = command({
  about: words(
    'Set the programme of a class, from JSON in a pipe (as campus classes show --json has it) or from another class',
    "Fixer le programme d'une classe, en JSON par un tube (comme campus classes show --json l'affiche) ou d'après une autre classe",
  ),
  answers: 'setProgramme',
  args: { class: name },
  options: {
    year,
    copy_from: text('CLASS', words('the class whose programme it gets', 'la classe dont elle prend le programme')),
    copy_year: text('YEAR', words('in which year', 'dans quelle année')),
  },
  examples: [
    ['campus classes set "4e B" --copy-from "4e A" --copy-year 2026', words('as another has it', "comme l'autre")],
    ['campus classes set "4e B" < programme.json', words('from a file', 'depuis un fichier')],
  ],
  async run({ class: class_name, year, copy_from, copy_year }, office) {
    const { api } = office;
    const params = { path: { class_name }, query: sent({ year }) };
    const known = await ifThere(tagged(api.GET('/classes/{class_name}', { params })));
    const etag = known?.etag;
    const from = copy_year ?? known?.item.year;
    if (copy_from && !from) throw new Misuse(words('--copy-year is missing', '--copy-year manque'));
    const body = copy_from
      ? { copy_from: { class_name: copy_from, year: from ?? '' } }
      : (programmeOf(await office.piped()) as Programme);
    const set = await take(
      api.PUT('/classes/{class_name}', { params: { ...params, header: sent({ 'If-Match': etag }) }, body }),
    );
    return done(`The programme of ${class_name} is set.`, `Le programme de ${class_name} est fixé.`, { item: set });
  },
});

/** What is there; undefined where it is not yet: a class of another year is made by its programme. */
const ifThere = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Refused && error.refusal.status === 404) return undefined;
    throw error;
  });

type Programme = paths['/classes/{class_name}']['put']['requestBody']['content']['application/json'];

/** @throws Misuse when it is no JSON; what is wrong within is for the API to say */
function programmeOf(json: string): object {
  try {
    const {
      class_name: _,
      year: __,
      size: ___,
      members: ____,
      ...programme
    } = JSON.parse(json) as Record<string, unknown>;
    return programme;
  } catch {
    throw new Misuse(words('what was piped in is no JSON', "ce qui est arrivé par le tube n'est pas du JSON"));
  }
}

const stats = command({
  about: words(
    'Mean, median, extremes and histogram of a class',
    "Moyenne, médiane, extrêmes et histogramme d'une classe",
  ),
  answers: 'classStats',
  args: { class: name },
  options: { subject: text('SUBJECT', words('of one subject', "d'une matière")), term: text('TERM', termWords) },
  examples: [['campus classes stats "4e A" --subject Maths', words('in a subject', 'dans une matière')]],
  async run({ class: class_name, ...filters }, { api }) {
    const params = { path: { class_name }, query: sent(filters) };
    const [item, { scale }] = await Promise.all([
      take(api.GET('/classes/{class_name}/stats', { params })),
      take(api.GET('/classes/{class_name}', { params: { path: { class_name } } })),
    ]);
    return {
      kind: 'card',
      item,
      columns: STATS,
      below: (terminal) => {
        const drawn = histogram(item.histogram, scale, terminal);
        return drawn && `\n${drawn}`;
      },
    };
  },
});

export const commands = { list, show, stats, report, set, sheet, council, remarks, remark, publish };
