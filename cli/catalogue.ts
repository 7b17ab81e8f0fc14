import type { Command } from './declare.ts';
import { type Words, words } from './language.ts';

type Commands = Readonly<Record<string, Command>>;

/** Commands below one word, loaded when one of them is called. */
export interface Group {
  readonly about: Words;
  readonly group: true;
  readonly load: () => Promise<Commands>;
}

/** A command of one word. */
export interface Single {
  readonly about: Words;
  readonly load: () => Promise<Command>;
}

export type Entry = Group | Single;
export type Catalogue = Readonly<Record<string, Entry>>;

export const isGroup = (entry: Entry): entry is Group => 'group' in entry;

const group = (en: string, fr: string, load: () => Promise<{ readonly commands: Commands }>): Group => ({
  about: { en, fr },
  group: true,
  load: async () => (await load()).commands,
});

const account = async (name: 'login' | 'logout' | 'whoami'): Promise<Command> =>
  (await import('./commands/account.ts'))[name];

/** Every command: the words of the help are here, so that showing it loads none of them. */
export const catalogue: Catalogue = {
  login: { about: words('Sign in', 'Se connecter'), load: () => account('login') },
  logout: { about: words('Sign out', 'Se déconnecter'), load: () => account('logout') },
  whoami: { about: words('Who is signed in, and where', 'Qui est connecté, et où'), load: () => account('whoami') },
  profiles: group(
    'Schools, by names of your own',
    'Les écoles, sous des noms à vous',
    () => import('./commands/profiles.ts'),
  ),
  students: group('Students', 'Les étudiants', () => import('./commands/students.ts')),
  guardians: group(
    'Who sees what a student sees',
    "Qui voit ce que voit l'étudiant",
    () => import('./commands/guardians.ts'),
  ),
  fees: group(
    'Fees: what students owe and paid',
    'Les frais : ce que les étudiants doivent et ont payé',
    () => import('./commands/fees.ts'),
  ),
  marks: group('Marks of a student', "Les notes d'un étudiant", () => import('./commands/marks.ts')),
  report: {
    about: words('All results and averages of a student', "Tous les résultats et moyennes d'un étudiant"),
    load: async () => (await import('./commands/figures.ts')).report,
  },
  'report-card': {
    about: words('The published report card of a student', "Le bulletin publié d'un étudiant"),
    load: async () => (await import('./commands/report-card.ts')).reportCard,
  },
  top10: {
    about: words('The ten best averages', 'Les dix meilleures moyennes'),
    load: async () => (await import('./commands/figures.ts')).top10,
  },
  assessments: group(
    'Assessments of classes, and their marks',
    'Les évaluations des classes, et leurs notes',
    () => import('./commands/assessments.ts'),
  ),
  classes: group(
    'Classes: members, programme, statistics',
    'Les classes : élèves, programme, statistiques',
    () => import('./commands/classes.ts'),
  ),
  terms: group('Terms of the school year', "Les périodes de l'année", () => import('./commands/terms.ts')),
  year: group('The school year', "L'année scolaire", () => import('./commands/year.ts')),
  persons: group('Persons', 'Les personnes', () => import('./commands/persons.ts')),
  health: group('Health data of a person', "Les données de santé d'une personne", () => import('./commands/health.ts')),
  products: group('Articles of the shop', 'Les articles de la boutique', () => import('./commands/products.ts')),
  orders: group('Orders and purchases', 'Les commandes et les achats', () => import('./commands/orders.ts')),
  users: group('Accounts', 'Les comptes', () => import('./commands/users.ts')),
  sessions: group('Your sessions', 'Vos sessions', () => import('./commands/sessions.ts')),
  notifications: {
    about: words('What is new for you', 'Ce qui est nouveau pour vous'),
    load: async () => (await import('./commands/sessions.ts')).notifications,
  },
  dlq: group(
    'Messages that were given up on, for admins',
    'Les messages abandonnés, pour les admins',
    () => import('./commands/dlq.ts'),
  ),
  export: {
    about: words('Take the whole school along', "Emporter toute l'école"),
    load: async () => (await import('./commands/export.ts')).exportSchool,
  },
  open: {
    about: words('Open the portal in the browser', 'Ouvrir le portail dans le navigateur'),
    load: async () => (await import('./commands/open.ts')).open,
  },
  menu: { about: words('The menu', 'Le menu'), load: async () => (await import('./commands/menu.ts')).menu },
  completion: {
    about: words('Completion for bash, zsh, fish', 'La complétion pour bash, zsh, fish'),
    load: async () => (await import('./commands/completion.ts')).completion,
  },
};

/** A command by how it is called. @throws Error when there is none */
export async function find(path: string): Promise<Command> {
  const [name = '', below = ''] = path.split(' ');
  const entry = catalogue[name];
  const found = entry && (isGroup(entry) ? (await entry.load())[below] : await entry.load());
  if (!found) throw new Error(`no command ${path}`);
  return found;
}
