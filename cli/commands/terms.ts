import { listed, take } from '../api/take.ts';
import { command, many, number, optional, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { done, PAGES } from './shared.ts';

const TERM = [
  column('id', 'Id', 'Id', 'id'),
  column('name', 'Name', 'Nom'),
  column('starts_on', 'From', 'Du', 'date'),
  column('ends_on', 'To', 'Au', 'date'),
  column('state', 'State', 'État', 'word'),
  column('weight', 'Weight', 'Poids', 'number'),
  column('parent', 'Part of', 'Fait partie de', 'id'),
];

const id = text('ID', words("the term's id (campus terms list)", "l'identifiant de la période (campus terms list)"));
const classes = optional(many(text('CLASS', words('only for these classes', 'seulement pour ces classes'))));

const list = command({
  about: words('School years and their terms', 'Les années et leurs périodes'),
  answers: 'listTerms',
  options: PAGES,
  examples: [['campus terms list', words('all of them', 'toutes')]],
  async run(wanted, { api }) {
    return {
      kind: 'rows',
      ...(await listed(wanted, (query) => api.GET('/terms', { params: { query } }))),
      columns: TERM,
    };
  },
});

const add = command({
  about: words('Set up a school year, or a term of one', "Créer une année scolaire, ou une période d'une année"),
  answers: 'createTerm',
  args: { name: text('NAME', words('its name', 'son nom')) },
  options: {
    from: text('DATE', words('its first day', 'son premier jour')),
    to: text('DATE', words('its last day', 'son dernier jour')),
    parent: text(
      'TERM',
      words('what it is a part of; without it, it is a year', 'ce dont elle fait partie ; sinon, une année'),
    ),
    weight: number('N', words('its weight in the year (1)', "son poids dans l'année (1)")),
  },
  examples: [
    ['campus terms add 2026-2027 --from 2026-10-01 --to 2027-07-31', words('a year', 'une année')],
    [
      'campus terms add "1er trimestre" --from 2026-10-01 --to 2026-12-20 --parent 0199a…',
      words('a term', 'une période'),
    ],
  ],
  async run({ name, from, to, ...rest }, { api }) {
    if (!from || !to) throw new Misuse(words('--from and --to are needed', '--from et --to sont nécessaires'));
    const body = { name, starts_on: from, ends_on: to, ...sent(rest) };
    const item = await take(api.POST('/terms', { body }));
    return done(`${name} is set up: ${item.id}.`, `${name} est créée : ${item.id}.`, { item, id: item.id });
  },
});

const close = command({
  about: words(
    'Close a term: its marks, members and programmes are locked',
    'Fermer une période : notes, élèves et programmes sont figés',
  ),
  answers: 'turnTerm',
  args: { id, class: classes },
  examples: [['campus terms close 0199a… "4e A"', words('for one class', 'pour une classe')]],
  async run({ id, class: class_names }, { api }) {
    const body = { open: false, ...sent({ class_names: class_names && [...class_names] }) };
    const item = await take(api.PATCH('/terms/{id}', { params: { path: { id } }, body }));
    return done(`${item.name}: ${item.state}.`, `${item.name} : ${item.state}.`, { item });
  },
});

const open = command({
  about: words('Open a term again; the reason is kept', 'Rouvrir une période ; la raison est gardée'),
  answers: 'turnTerm',
  args: { id, class: classes },
  options: { reason: text('TEXT', words('why', 'pourquoi')) },
  examples: [['campus terms open 0199a… --reason "Note oubliée"', words('for all classes', 'pour toutes les classes')]],
  async run({ id, class: class_names, reason }, { api }) {
    const body = { open: true, ...sent({ class_names: class_names && [...class_names], reason }) };
    const item = await take(api.PATCH('/terms/{id}', { params: { path: { id } }, body }));
    return done(`${item.name}: ${item.state}.`, `${item.name} : ${item.state}.`, { item });
  },
});

export const commands = { list, add, close, open };
