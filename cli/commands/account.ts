import type { Office } from '../declare.ts';
import { command, flag, optional, text } from '../declare.ts';
import { EXIT, Failure, Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { credentialsFile } from '../session/credentials.ts';
import { isOpen } from '../session/profiles.ts';
import { changedSchema, done } from './shared.ts';

const WHO = [
  column('username', 'Username', 'Identifiant'),
  column('role', 'Role', 'Rôle', 'word'),
  column('profile', 'Profile', 'Profil'),
  column('url', 'School', 'École'),
  column('expires_at', 'Signed in until', "Connecté jusqu'à", 'time'),
];

const WHO_SCHEMA = {
  type: 'object',
  properties: {
    username: { type: 'string' },
    role: { type: 'string', enum: ['admin', 'teacher', 'student', 'guardian'] },
    profile: { type: 'string' },
    url: { type: 'string', format: 'uri' },
    expires_at: { type: 'string', format: 'date-time' },
  },
  required: ['username', 'role', 'profile', 'url', 'expires_at'],
  additionalProperties: false,
};

/** A password that was piped in: all of its first line. @throws Misuse when there is none */
export async function pipedPassword(office: Office): Promise<string> {
  const [line = ''] = (await office.piped()).split(/\r?\n/);
  if (!line) throw new Misuse(words('no password was piped in', "aucun mot de passe n'est arrivé"));
  return line;
}

/** A password from a pipe, or asked for without an echo. @throws Misuse where nobody can be asked */
export async function secret(
  office: Office,
  fromPipe: true | undefined,
  question = words('Password', 'Mot de passe'),
): Promise<string> {
  if (fromPipe) return pipedPassword(office);
  if (!office.terminal.asks)
    throw new Misuse(
      words('nobody can be asked for a password', "personne n'est là pour donner un mot de passe"),
      words('pipe it in with --password-stdin', 'envoyez-le par un tube avec --password-stdin'),
    );
  return (await import('../menu/prompts.ts')).hidden(office.terminal, question);
}

const describe = ({ session }: Office) => {
  const { credentials, school } = session;
  if (!credentials)
    throw new Failure(
      words('nobody is signed in', "personne n'est connecté"),
      EXIT.signedOut,
      words('campus login', 'campus login'),
    );
  const { username, role, expires_at } = credentials;
  return { username, role, profile: school.profile, url: school.url, expires_at: new Date(expires_at).toISOString() };
};

export const login = command({
  about: words(
    'Sign in. The password is asked for, or piped in; it is never an argument, which other users of the machine could read.',
    'Se connecter. Le mot de passe est demandé, ou arrive par un tube ; jamais en argument, que les autres utilisateurs de la machine liraient.',
  ),
  answers: WHO_SCHEMA,
  args: { username: optional(text('NAME', words('who signs in', 'qui se connecte'))) },
  options: {
    username: text('NAME', words('the same, as an option', 'la même chose, en option')),
    password_stdin: flag(words('read the password from a pipe', 'lire le mot de passe par un tube')),
  },
  examples: [
    ['campus login', words('asks for both', 'demande les deux')],
    ['campus login --username prof --password-stdin < password.txt', words('in a script', 'dans un script')],
  ],
  async run({ username, password_stdin }, office) {
    const { terminal, session } = office;
    const { url } = session.school;
    if (isOpen(url) && !terminal.quiet)
      terminal.err(
        `${terminal.say(words(`Careful: ${url} is not encrypted, and a password can be read on the way.`, `Attention : ${url} n'est pas chiffré, un mot de passe se lit en chemin.`))}\n`,
      );
    if (!username && (password_stdin || !terminal.asks))
      throw new Misuse(words('--username is missing', '--username manque'));
    const name =
      username ??
      (await (await import('../menu/prompts.ts')).line(terminal, { question: words('Username', 'Identifiant') }));
    const first = session.credentials === undefined;
    await session.signIn(name, await secret(office, password_stdin));
    if (first && terminal.seen && !terminal.quiet)
      terminal.err(
        `${terminal.say(words(`The session is kept in ${credentialsFile(office.env)}, readable by you alone.`, `La session est gardée dans ${credentialsFile(office.env)}, lisible par vous seul.`))}\n`,
      );
    const who = describe(office);
    return done(
      `Signed in as ${who.username} (${who.role}) at ${url}.`,
      `Connecté : ${who.username} (${who.role}), ${url}.`,
      { item: who },
    );
  },
});

export const logout = command({
  about: words(
    'Sign out: the session ends at once, here and at the school',
    "Se déconnecter : la session finit aussitôt, ici et à l'école",
  ),
  answers: changedSchema('signed_out', { type: ['string', 'null'] }),
  examples: [['campus logout', words('ends the session', 'met fin à la session')]],
  async run(_, { session }) {
    const who = await session.signOut();
    return who === undefined
      ? done('Nobody was signed in.', "Personne n'était connecté.", { item: { signed_out: null } })
      : done(`${who} is signed out.`, `${who} est déconnecté.`, { item: { signed_out: who } });
  },
});

export const whoami = command({
  about: words('Who is signed in, and where', 'Qui est connecté, et où'),
  answers: WHO_SCHEMA,
  examples: [['campus whoami --json', words('for a script', 'pour un script')]],
  async run(_, office) {
    await office.session.token();
    return { kind: 'card', item: describe(office), columns: WHO };
  },
});
