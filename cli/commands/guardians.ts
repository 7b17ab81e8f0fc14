import { listed, take } from '../api/take.ts';
import { command, many, optional, text } from '../declare.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { done, PAGES, studentId } from './shared.ts';

const HISTORY = [
  column('at', 'When', 'Quand', 'time'),
  column('by', 'By', 'Par'),
  column('guardians', 'Guardians', 'Parents', 'list'),
];

const show = command({
  about: words('The guardians of a student', "Les parents d'un étudiant"),
  answers: 'readStudent',
  args: { id: studentId },
  examples: [['campus guardians show 12', words('their accounts', 'leurs comptes')]],
  async run({ id }, { api }) {
    const student = await take(api.GET('/students/{id}', { params: { path: { id } } }));
    const items = (student.guardians ?? []).map((username) => ({ username }));
    return { kind: 'rows', items, whole: student, columns: [column('username', 'Account', 'Compte')] };
  },
});

const set = command({
  about: words(
    'Name the guardians of a student: these and no others',
    "Nommer les parents d'un étudiant : ceux-là et personne d'autre",
  ),
  answers: 'nameGuardians',
  args: {
    id: studentId,
    username: optional(
      many(
        text(
          'NAME',
          words(
            'accounts, each with its relation behind a colon where it has one',
            'les comptes, chacun suivi de son lien après deux-points',
          ),
        ),
      ),
    ),
  },
  examples: [
    ['campus guardians set 12 parent:mère', words('one', 'une personne')],
    ['campus guardians set 12', words('nobody', 'personne')],
  ],
  async run({ id, username = [] }, { api }) {
    const body = username.map((one) => {
      const [name = '', relation] = one.split(':');
      return relation ? { username: name, relation } : name;
    });
    const item = await take(api.PUT('/students/{id}/guardians', { params: { path: { id } }, body }));
    return done(`The guardians of ${id} are named.`, `Les parents de ${id} sont nommés.`, { item });
  },
});

const history = command({
  about: words('Who named whom, and when', 'Qui a nommé qui, et quand'),
  answers: 'readNamings',
  args: { id: studentId },
  options: PAGES,
  examples: [['campus guardians history 12', words('the newest first', "le plus récent d'abord")]],
  async run({ id, ...wanted }, { api }) {
    const path = { id };
    const found = await listed(wanted, (query) =>
      api.GET('/students/{id}/guardians/history', { params: { path, query } }),
    );
    return { kind: 'rows', ...found, columns: HISTORY };
  },
});

export const commands = { show, set, history };
