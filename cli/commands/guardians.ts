import { listed, tagged, take } from '../api/take.ts';
import { command, many, type Office, optional, sent, text } from '../declare.ts';
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
    const body = username.map(namedBy);
    const item = await take(api.PUT('/students/{id}/guardians', { params: { path: { id } }, body }));
    return done(`The guardians of ${id} are named.`, `Les parents de ${id} sont nommés.`, { item });
  },
});

interface Guardian {
  readonly username: string;
  readonly relation?: string;
  readonly legal?: boolean;
}

const namedBy = (given: string): Guardian => {
  const [username = '', relation] = given.split(':');
  return relation ? { username, relation } : { username };
};

/** Changes who the guardians are, as they stand: nobody else's change is undone. */
async function changed({ api }: Office, id: number, change: (before: readonly Guardian[]) => Guardian[]) {
  const params = { path: { id } };
  const { etag } = await tagged(api.GET('/students/{id}', { params }));
  const query = { limit: 1 };
  const [now] = await take(api.GET('/students/{id}/guardians/history', { params: { ...params, query } }));
  const body = change(now?.guardians ?? []);
  return take(api.PUT('/students/{id}/guardians', { params: { ...params, header: sent({ 'If-Match': etag }) }, body }));
}

const accounts = many(
  text(
    'NAME',
    words('accounts, each with its relation behind a colon', 'les comptes, chacun suivi de son lien après deux-points'),
  ),
);

const add = command({
  about: words('Name a guardian more', 'Nommer un parent de plus'),
  answers: 'nameGuardians',
  args: { id: studentId, username: accounts },
  examples: [['campus guardians add 12 parent:mère', words('the others stay', 'les autres restent')]],
  async run({ id, username }, office) {
    const added = username.map(namedBy);
    const names = added.map((one) => one.username);
    const item = await changed(office, id, (before) => [
      ...before.filter((one) => !names.includes(one.username)),
      ...added,
    ]);
    return done(`${names.join(', ')}: named for ${id}.`, `${names.join(', ')} : nommé pour ${id}.`, { item });
  },
});

const remove = command({
  about: words('A guardian is one no more', "Un parent ne l'est plus"),
  answers: 'nameGuardians',
  args: { id: studentId, username: many(text('NAME', words('their accounts', 'leurs comptes'))) },
  examples: [['campus guardians remove 12 parent', words('the others stay', 'les autres restent')]],
  async run({ id, username }, office) {
    const item = await changed(office, id, (before) => before.filter((one) => !username.includes(one.username)));
    const names = username.join(', ');
    return done(`${names}: named for ${id} no more.`, `${names} : n'est plus nommé pour ${id}.`, { item });
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

export const commands = { show, add, remove, set, history };
