import type { components } from '../../clients/campus.ts';
import { take } from '../api/take.ts';
import { command, flag, type Office, sent, text } from '../declare.ts';
import { EXIT, Failure, Misuse } from '../failure.ts';
import { type Language, words } from '../language.ts';
import { column } from '../output/output.ts';
import { table } from '../output/table.ts';
import { inLanguage } from '../output/vocabulary.ts';
import { className, done, YES } from './shared.ts';

type View = components['schemas']['PublicationView'];

const CARD = [
  column('student_id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('result', 'Card', 'Bulletin', 'word'),
  column('version', 'Version', 'Version', 'number'),
  column('lacks', 'Lacks', 'Il manque', 'list'),
];

const LACKS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  figure: words('average', 'moyenne'),
  remark: words('remark', 'appréciation'),
  mention: words('honour', 'mention'),
  decision: words('decision', 'décision'),
};

/** The cards as they are shown: what each lacks in the reader's words. */
const shown = ({ cards }: View, language: Language) =>
  cards.map(({ lacks, ...card }) => ({
    ...card,
    lacks: lacks.map(({ what, subject }) => [LACKS[what]?.[language] ?? what, subject].filter(Boolean).join(' ')),
  }));

const isPublished = ({ result }: View['cards'][number]): boolean => result !== 'unchanged';

/** @throws Failure where something stands in the way */
function mustBePossible({ obstacles = [] }: View): void {
  if (obstacles.length === 0) return;
  const named = (language: Language) => obstacles.map((one) => inLanguage(one, language)).join(', ');
  throw new Failure(
    words(`not yet: ${named('en')}`, `pas encore : ${named('fr')}`),
    EXIT.conflict,
    words('campus terms close locks the marks first', "campus terms close fige d'abord les notes"),
  );
}

/** Shows what would become of each card, and asks whether it is meant. @throws Failure, Interrupted, Misuse */
async function agreed({ confirm, terminal }: Office, view: View): Promise<void> {
  mustBePossible(view);
  const count = view.cards.filter(isPublished).length;
  if (terminal.asks) terminal.err(`${table(shown(view, terminal.language), CARD, terminal)}\n`);
  await confirm(
    words(
      `Publish ${count} report cards of ${view.class_name}? Families see them at once.`,
      `Publier ${count} bulletins de ${view.class_name} ? Les familles les voient aussitôt.`,
    ),
  );
}

export const publish = command({
  about: words(
    'Publish the report cards of a class: shows what becomes of each and what it lacks, and asks first',
    "Publier les bulletins d'une classe : montre ce que devient chacun et ce qui y manque, et demande d'abord",
  ),
  answers: 'publishCards',
  args: { class: text('CLASS', className) },
  options: {
    term: text('TERM', words('the term (campus terms list)', 'la période (campus terms list)')),
    reason: text(
      'TEXT',
      words('why, where cards were published already', 'pourquoi, si des bulletins sont déjà publiés'),
    ),
    dry_run: flag(words('only show what would become of them', 'montrer seulement ce qui se ferait')),
    ...YES,
  },
  examples: [
    ['campus classes publish "4e A" --term 0199a… --dry-run', words('what is still lacking', 'ce qui manque encore')],
    ['campus classes publish "4e A" --term 0199a…', words('asks first', "demande d'abord")],
  ],
  async run({ class: class_name, term, reason, dry_run, yes }, office) {
    if (!term) throw new Misuse(words('--term is missing', '--term manque'));
    const { api, terminal } = office;
    const body = { term, ...sent({ reason }) };
    const called = (query: { dry_run?: 'true' }) =>
      take(api.POST('/classes/{class_name}/report-cards', { params: { path: { class_name }, query }, body }));
    if (dry_run) {
      const view = await called({ dry_run: 'true' });
      const below = ({ language }: { language: Language }) =>
        (view.obstacles ?? []).map((one) => `${inLanguage(one, language)}\n`).join('');
      return { kind: 'rows', items: shown(view, terminal.language), whole: view, columns: CARD, below };
    }
    if (!yes) await agreed(office, await called({ dry_run: 'true' }));
    const item = await called({});
    const count = item.cards.filter(isPublished).length;
    return done(`${count} report cards are published.`, `${count} bulletins sont publiés.`, { item });
  },
});
