import { type Words, words } from '../language.ts';

/** A line of the menu: a command, and what is asked before it runs. */
export interface Item {
  readonly label: Words;
  /** The command, as it is called: `students add`. */
  readonly path: string;
  /** Arguments and options to ask for; those with a question mark may be left empty. */
  readonly ask: readonly string[];
  /** Given without being asked for. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** Lines of the menu under one heading. */
export interface Section {
  readonly label: Words;
  readonly items: readonly Item[];
}

const item = (en: string, fr: string, path: string, ask: readonly string[] = [], given: Item['given'] = {}): Item => ({
  label: { en, fr },
  path,
  ask,
  given,
});

const finding: readonly Item[] = [
  item('All students', 'Tous les étudiants', 'students list', ['class?']),
  item('By average', 'Par moyenne', 'students averages', ['class?']),
  item('Search by name, phone or class', 'Chercher par nom, téléphone ou classe', 'students search', ['text']),
  item('One student', 'Un étudiant', 'students show', ['id']),
];

const marks: Section = {
  label: words('Marks', 'Notes'),
  items: [
    item("Enter a class's marks", "Saisir les notes d'une classe", 'assessments enter', ['id']),
    item('New assessment', 'Nouvelle évaluation', 'assessments add', [
      'title',
      'class',
      'subject?',
      'out_of?',
      'date?',
    ]),
    item('Give a mark', 'Donner une note', 'marks add', ['student', 'mark', 'subject?']),
    item('Change a mark', 'Modifier une note', 'marks edit', ['student', 'result', 'score']),
    item('Take a mark away', 'Retirer une note', 'marks remove', ['student', 'result']),
    item('Marks of a student', "Notes d'un étudiant", 'marks show', ['student']),
    item('Results of a student', "Résultats d'un étudiant", 'report', ['student']),
    item('Report card of a student', "Bulletin d'un étudiant", 'report-card', ['student']),
    item('Hold the council of a class', "Tenir le conseil d'une classe", 'classes council', ['class', 'term']),
    item('Remark on a student', "Appréciation d'un étudiant", 'classes remark', [
      'class',
      'student',
      'text',
      'subject',
    ]),
    item('Publish report cards', 'Publier les bulletins', 'classes publish', ['class', 'term']),
  ],
};

const figures: Section = {
  label: words('Statistics', 'Statistiques'),
  items: [
    item('Classes', 'Classes', 'classes list'),
    item('Mean of a class', "Moyenne d'une classe", 'classes stats', ['class', 'subject?']),
    item('Top 10', 'Top 10', 'top10', ['class?']),
  ],
};

const shop: Section = {
  label: words('Shop', 'Boutique'),
  items: [
    item('Articles', 'Articles', 'products list'),
    item('Buy', 'Acheter', 'orders buy', ['article']),
    item('My purchases', 'Mes achats', 'orders purchases'),
  ],
};

const account: Section = {
  label: words('My account', 'Mon compte'),
  items: [
    item('What is new', 'Nouveautés', 'notifications'),
    item('My sessions', 'Mes sessions', 'sessions list'),
    item('Change my password', 'Changer mon mot de passe', 'users password'),
  ],
};

const own: Section = {
  label: words('Marks', 'Notes'),
  items: [
    item('Marks', 'Notes', 'marks show', ['student']),
    item('Results', 'Résultats', 'report', ['student']),
    item('Report card', 'Bulletin', 'report-card', ['student']),
    item('Fees', 'Frais', 'fees ledger', ['id']),
    item('Claim a record by its code', 'Prendre un dossier par son code', 'students claim', ['code']),
  ],
};

const office: Section = {
  label: words('Students', 'Étudiants'),
  items: [
    ...finding,
    item('Add', 'Ajouter', 'students add', ['name', 'email', 'phone?', 'class?', 'marks?']),
    item('Change', 'Modifier', 'students edit', ['id', 'name?', 'email?', 'phone?', 'class?']),
    item('Accept', 'Accepter', 'students accept', ['id', 'class?']),
    item('Move to another class', 'Changer de classe', 'students move', ['id', 'class']),
    item('Has left the school', "A quitté l'école", 'students leave', ['id', 'reason', 'on?']),
    item('Remove', 'Supprimer', 'students remove', ['id']),
    item('Bring back who was removed', 'Rétablir après suppression', 'students restore', ['id']),
    item('Guardians', 'Parents', 'guardians show', ['id']),
    item('Name a guardian', 'Nommer un parent', 'guardians add', ['id', 'username']),
  ],
};

const fees: Section = {
  label: words('Fees', 'Frais'),
  items: [
    item('Who owes what', 'Qui doit quoi', 'fees due', ['class?']),
    item('Account of a student', "Compte d'un étudiant", 'fees ledger', ['id']),
    item('Record a payment', 'Enregistrer un paiement', 'fees pay', ['id']),
    item('Last receipt', 'Dernier reçu', 'fees receipt', ['id']),
    item('Charge a class', 'Facturer une classe', 'fees levy', ['label', 'year', 'class', 'currency', 'instalment']),
    item('Waive a part', 'Accorder une remise', 'fees waive', ['id', 'percent', 'reason']),
  ],
};

const users: Section = {
  label: words('Accounts', 'Comptes'),
  items: [
    item('Accounts', 'Comptes', 'users list', ['text?']),
    item('Role of an account', "Rôle d'un compte", 'users edit', ['username', 'role']),
    item('Remove an account', 'Supprimer un compte', 'users remove', ['username']),
  ],
};

/** The menu of each role. */
export const MENUS: Readonly<Record<string, readonly Section[]>> = {
  admin: [office, marks, figures, fees, users, shop, account],
  teacher: [{ label: office.label, items: finding }, marks, figures, shop, account],
  student: [own, shop, account],
  guardian: [own, shop, account],
};
