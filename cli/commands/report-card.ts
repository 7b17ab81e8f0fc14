import type { components } from '../../clients/campus.ts';
import { dateFormat, LOCALES } from '../../platform/base/formats.ts';
import { download } from '../api/download.ts';
import { listed } from '../api/take.ts';
import { command, sent, text, whole } from '../declare.ts';
import { EXIT, Failure } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { card, table } from '../output/table.ts';
import { coloured, printable, type Terminal } from '../terminal.ts';
import { studentId } from './shared.ts';

type View = components['schemas']['CardView'];
type Content = View['content'];
type Subject = Content['subjects'][number];

const SUBJECT = [
  column('name', 'Subject', 'Matière'),
  column('figure', 'Average', 'Moyenne', 'number'),
  column('coefficient', 'Coef.', 'Coef.', 'number'),
  column('class.mean', 'Class', 'Classe', 'number'),
  column('class.min', 'Lowest', 'Min.', 'number'),
  column('class.max', 'Highest', 'Max.', 'number'),
  column('remark.text', 'Remark', 'Appréciation'),
];

const TERM = [
  column('name', 'Term', 'Période'),
  column('general', 'Average', 'Moyenne', 'number'),
  column('weight', 'Weight', 'Poids', 'number'),
];

const SUMMARY = [
  column('general', 'Average', 'Moyenne', 'number'),
  column('scale', 'Out of', 'Sur', 'number'),
  column('class.mean', "Class's mean", 'Moyenne de la classe', 'number'),
  column('rank', 'Rank', 'Rang', 'number'),
  column('ranked', 'Of', 'Parmi', 'number'),
  column('council.absences_excused', 'Excused absences, h', 'Absences justifiées, h', 'number'),
  column('council.absences_unexcused', 'Unexcused absences, h', 'Absences non justifiées, h', 'number'),
  column('council.late', 'Late', 'Retards', 'number'),
  column('council.conduct', 'Conduct', 'Conduite'),
  column('council.remark', "Council's remark", 'Appréciation du conseil'),
  column('council.mention', 'Honour', 'Mention'),
  column('council.decision', 'Decision', 'Décision', 'word'),
];

const OTHER = [
  column('content.term.name', 'Other cards', 'Autres bulletins'),
  column('version', 'Version', 'Version', 'number'),
  column('published_at', 'Published', 'Publié', 'time'),
  column('reason', 'Because', 'Motif'),
  column('term', 'Term', 'Période', 'id'),
];

/** Subjects with their parts below them, set in. */
const withParts = (subjects: readonly Subject[], depth = 0): Subject[] =>
  subjects.flatMap((one) => [
    { ...one, name: `${'  '.repeat(depth)}${one.name ?? '–'}` },
    ...withParts(one.parts, depth + 1),
  ]);

/** What stands on top of a card: the school, whose it is, of when. */
function head({ content, version, published_at, differs }: View, terminal: Terminal): string {
  const { school, student, class_name, term, year } = content;
  const when = dateFormat(LOCALES[terminal.language], {}).format(new Date(published_at));
  const old = { en: 'It would be printed otherwise today.', fr: "Il s'imprimerait autrement aujourd'hui." };
  return [
    coloured(terminal, 'bold', printable(school.name)),
    printable([student.name, student.matricule, class_name].filter(Boolean).join(' · ')),
    printable([term.name, ...(year.name === term.name ? [] : [year.name]), `version ${version}`, when].join(' · ')),
    ...(differs ? [coloured(terminal, 'yellow', terminal.say(old))] : []),
    '',
    '',
  ].join('\n');
}

/** What stands below the subjects: earlier terms, the general figures, what the council says, and the other cards. */
const foot = ({ content }: View, others: readonly View[], terminal: Terminal): string =>
  [
    content.terms.length > 0 && table(content.terms, TERM, terminal),
    card(content, SUMMARY, terminal),
    others.length > 0 && table(others, OTHER, terminal),
  ]
    .filter(Boolean)
    .map((part) => `\n${part}`)
    .join('');

export const reportCard = command({
  about: words(
    'The published report card of a student: the newest, or that of a term',
    "Le bulletin publié d'un étudiant : le plus récent, ou celui d'une période",
  ),
  answers: 'listCards',
  args: { student: studentId },
  options: {
    term: text('TERM', words('of this term (campus terms list)', 'de cette période (campus terms list)')),
    pdf: text('FILE', words('write it as PDF into a file', "l'écrire en PDF dans un fichier")),
    edition: whole('N', words('this version (the newest)', 'cette version (la plus récente)')),
  },
  examples: [
    ['campus report-card 12', words('the newest', 'le plus récent')],
    [
      'campus report-card 12 --term 0199a… --edition 1',
      words('as it was first published', "tel qu'il fut publié d'abord"),
    ],
  ],
  async run({ student, term, edition, pdf }, office) {
    const { api, terminal } = office;
    if (pdf) {
      const query = { lang: terminal.language, ...sent({ term, version: edition }) };
      const params = { path: { student_id: student }, query };
      const ask = () => api.GET('/grades/{student_id}/report-card.pdf', { params, parseAs: 'stream' });
      await download(office, pdf, ask);
    }
    const { items: cards } = await listed({ all: true }, (page) => {
      const params = { path: { student_id: student }, query: { ...sent({ term }), ...page } };
      return api.GET('/grades/{student_id}/report-cards', { params });
    });
    const meant = cards.find((one) => edition === undefined || one.version === edition);
    if (!meant) throw new Failure(words('there is no such report card', "il n'y a pas un tel bulletin"), EXIT.missing);
    return {
      kind: 'rows',
      items: withParts(meant.content.subjects),
      whole: cards,
      columns: SUBJECT,
      above: (terminal) => head(meant, terminal),
      below: (terminal) =>
        foot(
          meant,
          cards.filter((one) => one !== meant),
          terminal,
        ),
    };
  },
});
