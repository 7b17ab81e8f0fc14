import { listed, tagged, take } from '../api/take.ts';
import { clearable, command, email, many, orNothing, sent, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { done, PAGES, personId, REMOVED, removed, YES } from './shared.ts';

const PERSON = [
  column('id', 'No.', 'N°', 'number'),
  column('name', 'Name', 'Nom'),
  column('birth_date', 'Born', 'Naissance', 'date'),
  column('email', 'E-mail', 'E-mail'),
  column('username', 'Account', 'Compte'),
];

const FIELDS = {
  birth_date: text('DATE', words('day of birth, like 2008-12-31', 'naissance, comme 2008-12-31')),
  email: email(words('e-mail address', 'adresse e-mail')),
  username: text('NAME', words('their account', 'son compte')),
};

const add = command({
  about: words('Record a person', 'Enregistrer une personne'),
  answers: 'createPerson',
  args: { name: text('NAME', words('the name', 'le nom')) },
  options: FIELDS,
  examples: [
    ['campus persons add "Awa Diop" --birth-date 2008-12-31', words('prints the number', 'affiche le numéro')],
  ],
  async run({ name, ...rest }, { api }) {
    const item = await take(api.POST('/persons', { body: { name, ...sent(rest) } }));
    return done(`${name} has number ${item.id}.`, `${name} porte le numéro ${item.id}.`, { item, id: item.id });
  },
});

const list = command({
  about: words('Persons, in the order of their names', 'Les personnes, par nom'),
  answers: 'listPersons',
  options: PAGES,
  examples: [['campus persons list --limit 10', words('the first ten', 'les dix premières')]],
  async run(wanted, { api }) {
    return {
      kind: 'rows',
      ...(await listed(wanted, (query) => api.GET('/persons', { params: { query } }))),
      columns: PERSON,
    };
  },
});

const search = command({
  about: words('Persons whose name begins so', 'Les personnes dont le nom commence ainsi'),
  answers: 'listPersons',
  args: { text: text('TEXT', words('the beginning of a name', "le début d'un nom")) },
  options: PAGES,
  examples: [
    ['campus persons search diop', words('accents and case do not matter', 'ni accents ni majuscules ne comptent')],
  ],
  async run({ text, ...wanted }, { api }) {
    const found = await listed(wanted, (page) => api.GET('/persons', { params: { query: { q: text, ...page } } }));
    return { kind: 'rows', ...found, columns: PERSON };
  },
});

const show = command({
  about: words('One person', 'Une personne'),
  answers: 'readPerson',
  args: { id: personId },
  examples: [['campus persons show 3', words('all that is known', 'tout ce qui est connu')]],
  async run({ id }, { api }) {
    const item = await take(api.GET('/persons/{id}', { params: { path: { id } } }));
    return { kind: 'card', item, columns: PERSON };
  },
});

const edit = command({
  about: words('Change a person; "" takes a field away', 'Modifier une personne ; « » vide un champ'),
  answers: 'replacePerson',
  args: { id: personId },
  options: {
    name: text('NAME', words('the name', 'le nom')),
    birth_date: clearable('DATE', FIELDS.birth_date.about),
    email: orNothing(FIELDS.email),
    username: clearable('NAME', FIELDS.username.about),
  },
  examples: [['campus persons edit 3 --email awa@example.sn', words('a new address', 'une nouvelle adresse')]],
  async run({ id, ...changes }, { api }) {
    if (Object.keys(sent(changes)).length === 0)
      throw new Misuse(words('nothing to change was given', "rien à modifier n'est donné"));
    const path = { id };
    const { item, etag } = await tagged(api.GET('/persons/{id}', { params: { path } }));
    const fields = ['birth_date', 'email', 'username'] as const;
    const kept = fields.map((field) => [
      field,
      changes[field] === undefined ? item[field] : (changes[field] ?? undefined),
    ]);
    const body = { name: changes.name ?? item.name, ...sent(Object.fromEntries(kept)) };
    const changed = await take(
      api.PUT('/persons/{id}', { params: { path, header: sent({ 'If-Match': etag }) }, body }),
    );
    return done(`${changed.name} is changed.`, `${changed.name} est modifiée.`, { item: changed });
  },
});

const remove = command({
  about: words(
    'Remove persons, and their health data with them',
    'Supprimer des personnes, et leurs données de santé avec',
  ),
  answers: REMOVED,
  args: { id: many(personId) },
  options: YES,
  examples: [['campus persons remove 3', words('asks first', "demande d'abord")]],
  run: ({ id, yes }, office) =>
    removed(id, yes, office, words('person', 'la personne'), (one) =>
      take(office.api.DELETE('/persons/{id}', { params: { path: { id: one } } })),
    ),
});

const code = command({
  about: words('A code by which a person claims their record', 'Un code par lequel une personne prend son dossier'),
  answers: 'issuePersonCode',
  args: { id: personId },
  examples: [['campus persons code 3', words('hand it out on paper', 'à remettre sur papier')]],
  async run({ id }, { api }) {
    const item = await take(api.POST('/persons/{id}/claim-code', { params: { path: { id } } }));
    return {
      kind: 'card',
      item,
      columns: [column('code', 'Code', 'Code'), column('expires_at', 'Until', "Jusqu'à", 'time')],
    };
  },
});

const claim = command({
  about: words('Take the record that a code is for', 'Prendre le dossier que le code ouvre'),
  answers: 'claimPerson',
  args: { code: text('CODE', words('the code', 'le code')) },
  examples: [['campus persons claim ABCD-EFGH', words('it is yours then', 'il est à vous')]],
  async run({ code }, { api }) {
    return { kind: 'card', item: await take(api.POST('/persons/claim', { body: { code } })), columns: PERSON };
  },
});

export const commands = { add, list, search, show, edit, remove, code, claim };
