import { listed, take } from '../api/take.ts';
import { command, flag, many, optional, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { changedSchema, done, PAGES } from './shared.ts';

const SESSION = [
  column('id', 'Id', 'Id', 'id'),
  column('current', 'This one', 'Celle-ci', 'yes'),
  column('created_at', 'Since', 'Depuis', 'time'),
  column('last_used_at', 'Last used', 'Dernier usage', 'time'),
  column('source_ip', 'From', 'Depuis où'),
  column('user_agent', 'With', 'Avec'),
];

const NOTICE = [
  column('at', 'When', 'Quand', 'time'),
  column('name', 'Student', 'Étudiant'),
  column('message', 'Message', 'Message'),
];

const list = command({
  about: words('Where you are signed in', 'Où vous êtes connecté'),
  answers: 'listSessions',
  options: PAGES,
  examples: [['campus sessions list', words('all of them', 'toutes')]],
  async run(wanted, { api }) {
    const found = await listed(wanted, (query) => api.GET('/auth/sessions', { params: { query } }));
    return { kind: 'rows', ...found, columns: SESSION };
  },
});

const end = command({
  answers: changedSchema('ended', { type: 'array', items: { type: 'string' } }),
  about: words('End sessions', 'Mettre fin à des sessions'),
  args: { id: optional(many(text('ID', words("the session's id", "l'identifiant de la session")))) },
  options: { others: flag(words('every one but this', 'toutes sauf celle-ci')) },
  examples: [['campus sessions end --others', words('after a lost computer', 'après un ordinateur perdu')]],
  async run({ id = [], others }, { api }) {
    if (id.length === 0 && !others)
      throw new Misuse(words('which one is missing: an id, or --others', 'laquelle ? un identifiant, ou --others'));
    const ended = others
      ? (await listed({ all: true }, (query) => api.GET('/auth/sessions', { params: { query } }))).items
          .filter(({ current }) => !current)
          .map((one) => one.id)
      : id;
    for (const one of ended) await take(api.DELETE('/auth/sessions/{id}', { params: { path: { id: one } } }));
    return done(`Ended: ${ended.length}.`, `Terminées : ${ended.length}.`, { item: { ended } });
  },
});

export const commands = { list, end };

export const notifications = command({
  about: words(
    'New marks, and averages that fell below the pass mark',
    'Les nouvelles notes, et les moyennes passées sous le seuil',
  ),
  answers: 'listNotices',
  options: PAGES,
  examples: [['campus notifications --limit 5', words('the newest five', 'les cinq plus récentes')]],
  async run(wanted, { api }) {
    const found = await listed(wanted, (query) => api.GET('/notifications', { params: { query } }));
    return { kind: 'rows', ...found, columns: NOTICE };
  },
});
