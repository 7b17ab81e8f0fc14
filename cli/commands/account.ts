import type { Office } from '../declare.ts';
import { command, flag, optional, text } from '../declare.ts';
import { EXIT, Failure, Misuse } from '../failure.ts';
import { type Words, words } from '../language.ts';
import { column } from '../output/output.ts';
import { tokensFile } from '../session/credentials.ts';
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

/** Where the session is from now on, told once. */
function whereKept({ env, session }: Office): Words {
  const file = tokensFile(env, session.school);
  return file
    ? words(
        `The session is kept in ${file}, readable by you alone.`,
        `La session est gardée dans ${file}, lisible par vous seul.`,
      )
    : words(
        'The session is kept in the keychain of this system.',
        'La session est gardée dans le trousseau du système.',
      );
}

/** Signs in with a password that is typed or piped in. @throws Misuse where nobody can be asked */
async function byPassword(office: Office, username: string | undefined, piped: true | undefined): Promise<void> {
  const { terminal, session } = office;
  if (!username && (piped || !terminal.asks)) throw new Misuse(words('--username is missing', '--username manque'));
  const name =
    username ??
    (await (await import('../menu/prompts.ts')).line(terminal, { question: words('Username', 'Identifiant') }));
  await session.signIn(name, await secret(office, piped));
}

/** Signs in with what the school's own page in the browser gives. @throws Failure when it gives nothing */
async function byBrowser({ env, terminal, session }: Office): Promise<void> {
  const [{ beginWebSignIn }, { openInBrowser }] = await Promise.all([
    import('../session/web.ts'),
    import('../browser.ts'),
  ]);
  const begun = await beginWebSignIn(session.school.url, terminal.language);
  try {
    const opened = await openInBrowser(begun.address, env);
    const { number, address } = begun;
    const look = opened
      ? words(
          `The browser asks whether to sign in. It must show the number ${number}.`,
          `Le navigateur demande s'il faut se connecter. Il doit montrer le nombre ${number}.`,
        )
      : words(
          `Open this address in a browser on this machine; it must show the number ${number}:`,
          `Ouvrez cette adresse dans un navigateur de cette machine ; il doit montrer le nombre ${number} :`,
        );
    terminal.err(`${terminal.say(look)}\n${opened ? '' : `${address}\n`}`);
    await session.signInWith(await begun.code());
  } finally {
    begun.stop();
  }
}

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
    web: flag(
      words(
        'in the browser, where the password is typed, if at all',
        'dans le navigateur, où le mot de passe se tape au besoin',
      ),
    ),
  },
  examples: [
    ['campus login', words('asks for both', 'demande les deux')],
    ['campus login --web', words('in the browser, at the portal', 'dans le navigateur, au portail')],
    ['campus login --username prof --password-stdin < password.txt', words('in a script', 'dans un script')],
  ],
  async run({ username, password_stdin, web }, office) {
    const { terminal, session } = office;
    const { url } = session.school;
    if (isOpen(url) && !terminal.quiet)
      terminal.err(
        `${terminal.say(words(`Careful: ${url} is not encrypted, and a password can be read on the way.`, `Attention : ${url} n'est pas chiffré, un mot de passe se lit en chemin.`))}\n`,
      );
    if (web && (username || password_stdin))
      throw new Misuse(
        words('--web asks in the browser, and nothing here', '--web demande dans le navigateur, et rien ici'),
      );
    const first = session.credentials === undefined;
    if (web) await byBrowser(office);
    else await byPassword(office, username, password_stdin);
    if (first && terminal.seen && !terminal.quiet) terminal.err(`${terminal.say(whereKept(office))}\n`);
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
