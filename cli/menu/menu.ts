import type { Office } from '../declare.ts';
import { EXIT, Interrupted } from '../failure.ts';
import { words } from '../language.ts';
import { print } from '../output/print.ts';
import { inLanguage } from '../output/vocabulary.ts';
import { tell } from '../telling.ts';
import { coloured } from '../terminal.ts';
import { filled } from './form.ts';
import { type Choice, chosen, hidden, line } from './prompts.ts';
import { type Item, MENUS } from './roles.ts';

const QUIT = words('Quit', 'Quitter');
const BACK = words('Back', 'Retour');
const SIGN_OUT = words('Sign out', 'Se déconnecter');

/** Nobody who is at the menu is thrown out of it by what failed: it is told, and the menu is there again. */
async function trying(office: Office, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Interrupted)) tell(error, office.terminal);
  }
}

async function signedIn(office: Office): Promise<void> {
  const { session, terminal } = office;
  while (!(await session.token().then(Boolean, () => false))) {
    terminal.err(`${terminal.say(words(`Sign in at ${session.school.url}`, `Connexion à ${session.school.url}`))}\n`);
    const username = await line(terminal, { question: words('Username', 'Identifiant') });
    const password = await hidden(terminal, words('Password', 'Mot de passe'));
    await trying(office, async () => void (await session.signIn(username, password)));
  }
}

async function run(office: Office, item: Item): Promise<void> {
  await trying(office, async () => {
    const { command, given } = await filled(office, item);
    print(await command.run(given as never, office), 'screen', office.terminal);
  });
  office.terminal.err('\n');
}

const BACK_OR_QUIT = Symbol('back');

/** A choice of which Escape is the last. */
async function picked<T>(
  office: Office,
  question: ReturnType<typeof words>,
  choices: readonly Choice<T>[],
  last: T,
): Promise<T> {
  try {
    return await chosen(office.terminal, question, choices);
  } catch (error) {
    if (error instanceof Interrupted) return last;
    throw error;
  }
}

/** The menu of whoever is signed in; who is not signs in first. @returns the exit code */
export async function openMenu(office: Office): Promise<number> {
  const { terminal, session } = office;
  for (;;) {
    await signedIn(office);
    const { username = '', role = 'student' } = session.credentials ?? {};
    terminal.err(
      `\n${coloured(terminal, 'bold', 'Campus')}  ${username} · ${inLanguage(role, terminal.language)} · ${session.school.url}\n\n`,
    );
    const sections = MENUS[role] ?? [];
    const say = terminal.say;
    const choice = await picked<number | 'out' | 'quit'>(
      office,
      words('What shall it be?', 'Que faire ?'),
      [
        ...sections.map(({ label }, value) => ({ value, label: say(label) })),
        { value: 'out' as const, label: say(SIGN_OUT) },
        { value: 'quit' as const, label: say(QUIT) },
      ],
      'quit',
    );
    if (choice === 'quit') return EXIT.done;
    if (choice === 'out') await trying(office, async () => void (await session.signOut()));
    else await inside(office, sections[choice]?.items ?? [], sections[choice]?.label ?? BACK);
  }
}

async function inside(office: Office, items: readonly Item[], heading: ReturnType<typeof words>): Promise<void> {
  const { terminal } = office;
  for (;;) {
    const choices: Choice<Item | typeof BACK_OR_QUIT>[] = [
      ...items.map((value) => ({ value, label: terminal.say(value.label) })),
      { value: BACK_OR_QUIT, label: terminal.say(BACK) },
    ];
    const choice = await picked(office, heading, choices, BACK_OR_QUIT);
    if (typeof choice === 'symbol') return;
    await run(office, choice);
  }
}
