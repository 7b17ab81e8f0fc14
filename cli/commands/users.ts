import { listed, tagged, take } from '../api/take.ts';
import { choice, clearable, command, email, flag, many, optional, orNothing, phone, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { secret } from './account.ts';
import { changedSchema, done, PAGES, REMOVED, removed, YES } from './shared.ts';

const USER = [
  column('username', 'Username', 'Identifiant'),
  column('role', 'Role', 'Rôle', 'word'),
  column('first_name', 'First name', 'Prénom'),
  column('last_name', 'Last name', 'Nom'),
  column('email', 'E-mail', 'E-mail'),
  column('phone', 'Phone', 'Téléphone'),
  column('disabled', 'Disabled', 'Désactivé', 'yes'),
  column('created_at', 'Since', 'Depuis', 'time'),
];

const username = text('NAME', words('the account', 'le compte'));
const PASSWORD = { password_stdin: flag(words('read the password from a pipe', 'lire le mot de passe par un tube')) };

const FIELDS = {
  first_name: clearable('NAME', words('first name', 'prénom')),
  last_name: clearable('NAME', words('family name', 'nom de famille')),
  email: orNothing(email(words('e-mail address', 'adresse e-mail'))),
  phone: orNothing(phone(words('phone number', 'téléphone'))),
};

const list = command({
  about: words('Accounts', 'Les comptes'),
  answers: 'listAccounts',
  args: { text: optional(text('TEXT', words('the beginning of a username', "le début d'un identifiant"))) },
  options: PAGES,
  examples: [['campus users list vic', words('those that begin so', 'ceux qui commencent ainsi')]],
  async run({ text: q, ...wanted }, { api }) {
    const found = await listed(wanted, (page) => api.GET('/users', { params: { query: { ...sent({ q }), ...page } } }));
    return { kind: 'rows', ...found, columns: USER };
  },
});

const show = command({
  about: words('One account', 'Un compte'),
  answers: 'readProfile',
  args: { username },
  examples: [['campus users show victor', words('never its password', 'jamais son mot de passe')]],
  async run({ username }, { api }) {
    return {
      kind: 'card',
      item: await take(api.GET('/users/{username}', { params: { path: { username } } })),
      columns: USER,
    };
  },
});

const add = command({
  about: words(
    'Open an account; its role is student until an admin changes it',
    "Ouvrir un compte ; son rôle est étudiant jusqu'à ce qu'un admin le change",
  ),
  answers: 'signUp',
  args: { username },
  options: { ...FIELDS, ...PASSWORD },
  examples: [['campus users add awa --first-name Awa', words('asks for the password', 'demande le mot de passe')]],
  async run({ username, password_stdin, ...fields }, office) {
    const password = await secret(office, password_stdin, words('New password', 'Nouveau mot de passe'));
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
    const item = await take(office.session.signUp({ username, password, ...given }));
    return done(`${item.username} has an account.`, `${item.username} a un compte.`, { item, id: item.username });
  },
});

const edit = command({
  about: words('Change an account; "" takes a field away', 'Modifier un compte ; « » vide un champ'),
  answers: 'changeProfile',
  args: { username },
  options: {
    ...FIELDS,
    role: choice(
      ['admin', 'teacher', 'student', 'guardian'],
      words('its role (for an admin)', 'son rôle (pour un admin)'),
    ),
    disable: flag(words('nobody signs in with it (for an admin)', "personne ne s'y connecte plus (pour un admin)")),
    enable: flag(words('it is opened again (for an admin)', 'il est rouvert (pour un admin)')),
    unlock: flag(words('after too many failed tries (for an admin)', "après trop d'essais (pour un admin)")),
  },
  examples: [
    ['campus users edit awa --role teacher', words('for an admin', 'pour un admin')],
    ['campus users edit awa --phone ""', words('no phone any more', 'plus de téléphone')],
  ],
  async run({ username, disable, enable, unlock, ...fields }, { api }) {
    if (disable && enable)
      throw new Misuse(words('--disable and --enable: not both', '--disable et --enable : pas les deux'));
    const body = sent({ ...fields, unlock, disabled: disable ?? (enable ? false : undefined) });
    if (Object.keys(body).length === 0)
      throw new Misuse(words('nothing to change was given', "rien à modifier n'est donné"));
    const path = { username };
    const { etag } = await tagged(api.GET('/users/{username}', { params: { path } }));
    const item = await take(
      api.PUT('/users/{username}', { params: { path, header: sent({ 'If-Match': etag }) }, body }),
    );
    return done(`${item.username} is changed.`, `${item.username} est modifié.`, { item });
  },
});

const password = command({
  answers: changedSchema('username', { type: 'string' }),
  about: words(
    'Change your password: the old one is asked for, then the new one',
    'Changer votre mot de passe : l’ancien est demandé, puis le nouveau',
  ),
  options: {
    password_stdin: flag(
      words(
        'read the old one and the new one from a pipe, a line each',
        "lire l'ancien et le nouveau par un tube, un par ligne",
      ),
    ),
  },
  examples: [['campus users password', words('asks for both', 'demande les deux')]],
  async run({ password_stdin }, office) {
    await office.session.token();
    const username = office.session.credentials?.username ?? '';
    const piped = password_stdin ? (await office.piped()).split(/\r?\n/) : undefined;
    const ask = (i: number, en: string, fr: string) => piped?.[i] ?? secret(office, undefined, words(en, fr));
    const old_password = await ask(0, 'Old password', 'Ancien mot de passe');
    const password = await ask(1, 'New password', 'Nouveau mot de passe');
    await take(
      office.api.PUT('/users/{username}', { params: { path: { username } }, body: { password, old_password } }),
    );
    return done('The password is changed.', 'Le mot de passe est changé.', { item: { username } });
  },
});

const remove = command({
  about: words(
    'Delete accounts; their sessions end at once',
    'Supprimer des comptes ; leurs sessions finissent aussitôt',
  ),
  answers: REMOVED,
  args: { username: many(username) },
  options: YES,
  examples: [['campus users remove awa', words('asks first', "demande d'abord")]],
  run: ({ username, yes }, office) =>
    removed(username, yes, office, words('account', 'le compte'), (one) =>
      take(office.api.DELETE('/users/{username}', { params: { path: { username: one } } })),
    ),
});

export const commands = { list, show, add, edit, password, remove };
