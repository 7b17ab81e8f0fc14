import { command, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { addressOf, keepProfiles, profileName, readProfiles } from '../session/profiles.ts';
import { changedSchema, done, REMOVED } from './shared.ts';

const COLUMNS = [
  column('name', 'Name', 'Nom'),
  column('url', 'School', 'École'),
  column('current', 'Current', 'Actuel', 'yes'),
];

const ITEM = {
  type: 'object',
  properties: { name: { type: 'string' }, url: { type: 'string', format: 'uri' }, current: { type: 'boolean' } },
  required: ['name', 'url', 'current'],
  additionalProperties: false,
};

const name = { ...text('NAME', words('its name', 'son nom')), read: profileName };
const url = { ...text('URL', words("the API's address", "l'adresse de l'API")), read: addressOf };

const list = command({
  about: words('The schools that are known here', 'Les écoles connues ici'),
  answers: { type: 'array', items: ITEM },
  examples: [['campus profiles list', words('all of them', 'toutes')]],
  async run(_, { env }) {
    const { current, profiles } = readProfiles(env);
    const items = Object.entries(profiles).map(([one, { url }]) => ({ name: one, url, current: one === current }));
    return { kind: 'rows', items, columns: COLUMNS };
  },
});

const add = command({
  about: words(
    'Name a school; the first one is used from then on',
    'Nommer une école ; la première est utilisée dès lors',
  ),
  answers: ITEM,
  args: { name, url },
  examples: [
    [
      'campus profiles add lycee https://lycee.example/api',
      words('then: campus login --profile lycee', 'puis : campus login --profile lycee'),
    ],
  ],
  async run(given, { env }) {
    const { current, profiles } = readProfiles(env);
    const first = Object.keys(profiles).length === 0;
    const now = first ? given.name : current;
    keepProfiles(env, { current: now, profiles: { ...profiles, [given.name]: { url: given.url } } });
    const item = { name: given.name, url: given.url, current: now === given.name };
    return done(`${given.name} is ${given.url}.`, `${given.name} : ${given.url}.`, { item });
  },
});

const use = command({
  answers: changedSchema('current', { type: 'string' }),
  about: words('Use a school from now on', 'Utiliser une école à partir de maintenant'),
  args: { name },
  examples: [['campus profiles use lycee', words('until another is used', "jusqu'à ce qu'une autre le soit")]],
  async run(given, { env }) {
    const kept = readProfiles(env);
    if (!kept.profiles[given.name])
      throw new Misuse(words(`there is no profile ${given.name}`, `il n'y a pas de profil ${given.name}`));
    keepProfiles(env, { ...kept, current: given.name });
    return done(`${given.name} is used from now on.`, `${given.name} est utilisé à partir de maintenant.`, {
      item: { current: given.name },
    });
  },
});

const remove = command({
  answers: REMOVED,
  about: words('Forget a school', 'Oublier une école'),
  args: { name },
  examples: [
    ['campus profiles remove lycee', words('its data stay where they are', 'ses données restent où elles sont')],
  ],
  async run(given, { env }) {
    const { current, profiles } = readProfiles(env);
    const { [given.name]: known, ...others } = profiles;
    if (!known) throw new Misuse(words(`there is no profile ${given.name}`, `il n'y a pas de profil ${given.name}`));
    keepProfiles(env, {
      current: current === given.name ? (Object.keys(others)[0] ?? 'default') : current,
      profiles: others,
    });
    return done(`${given.name} is forgotten.`, `${given.name} est oublié.`, { item: { removed: [given.name] } });
  },
});

export const commands = { list, add, use, remove };
