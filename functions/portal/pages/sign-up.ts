import { newId } from '../../../platform/base/ids.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { errorSummary, type Field, fieldRows } from '../kit/fields.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen } from '../kit/page.ts';
import { cookiesFor, Pair } from '../kit/session.ts';
import type { Visit } from '../kit/visit.ts';

const FIELDS: readonly Field[] = [
  {
    name: 'username',
    label: { fr: 'Nom d’utilisateur', en: 'Username' },
    hint: {
      fr: '2 à 64 lettres ou chiffres, avec au milieu . _ et - si vous voulez',
      en: '2 to 64 letters or digits, with . _ and - in between if you like',
    },
    required: true,
    minLength: 2,
    maxLength: 64,
    autocomplete: 'username',
  },
  {
    name: 'password',
    label: { fr: 'Mot de passe', en: 'Password' },
    hint: {
      fr: '8 caractères au moins ; une phrase se retient mieux qu’un mot compliqué',
      en: '8 characters at least; a sentence is easier to remember than a complicated word',
    },
    required: true,
    type: 'password',
    minLength: 8,
    maxLength: 128,
    autocomplete: 'new-password',
  },
  {
    name: 'password_again',
    label: { fr: 'Mot de passe, encore une fois', en: 'Password, once more' },
    required: true,
    type: 'password',
    autocomplete: 'new-password',
  },
  { name: 'first_name', label: { fr: 'Prénom', en: 'First name' }, maxLength: 100, autocomplete: 'given-name' },
  { name: 'last_name', label: { fr: 'Nom', en: 'Last name' }, maxLength: 100, autocomplete: 'family-name' },
  { name: 'email', label: { fr: 'E-mail', en: 'E-mail' }, type: 'email', autocomplete: 'email' },
];

const WORDS = {
  title: { fr: 'Créer un compte', en: 'Create an account' },
  known: { fr: 'Vous avez déjà un compte ?', en: 'You have an account already?' },
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  different: {
    fr: 'Les deux mots de passe ne sont pas les mêmes ; tapez-les de nouveau',
    en: 'The two passwords are not the same; type them again',
  },
} satisfies Record<string, Localized>;

/** Where the service says what is wrong with the name as a whole, and not of a field. */
const OF_THE_NAME = ['username_taken', 'reserved_username'];

async function screen(visit: Visit, refusal?: Refusal): Promise<Screen> {
  return {
    title: visit.say(WORDS.title),
    status: refusal?.status ?? 200,
    retryAfter: refusal?.retryAfter,
    body: html`<div class="narrow">
<h1>${visit.say(WORDS.title)}</h1>
${errorSummary(visit, refusal, FIELDS)}
<form class="stack" method="post" action="${visit.to('/portal/register')}">
${tokenField(await visit.formToken())}<input type="hidden" name="key" value="${visit.typed('key') || newId()}">
${fieldRows(visit, FIELDS, (name) => visit.typed(name), refusal)}
<button>${visit.say(WORDS.title)}</button>
</form>
<p>${visit.say(WORDS.known)} <a href="${visit.to('/')}">${visit.say(WORDS.signIn)}</a></p>
</div>`,
  };
}

/** Makes the account and signs it in. A form that is sent twice makes one account: its key tells. */
async function made(visit: Visit): Promise<Pair> {
  const { username = '', password = '' } = visit.form?.filled('username', 'password') ?? {};
  const body = { ...visit.form?.filled('first_name', 'last_name', 'email'), username, password };
  const key = /^[\w-]{8,64}$/.exec(visit.typed('key'))?.[0];
  await visit.publicApi.send('POST', '/users', { body, ...(key && { key }) });
  return Pair.parse(await visit.publicApi.send('POST', '/auth/login', { body: { username, password } }));
}

async function register(visit: Visit): Promise<Reply> {
  if (visit.typed('password') !== visit.typed('password_again'))
    return screen(visit, Refusal.of('password_again', visit.say(WORDS.different)));
  const outcome = await attempt(made(visit));
  if ('value' in outcome) return { to: '/home', news: 'signed_up', cookies: cookiesFor(outcome.value) };
  const { failure } = outcome;
  if (!(failure instanceof Refusal)) throw failure;
  const ofTheName = OF_THE_NAME.includes(failure.code);
  return screen(visit, ofTheName ? Refusal.of('username', failure.detail, failure.status) : failure);
}

/** `/register`. Its form goes to another address: `POST /register` is the enrolment of a student. */
export const signUp = page({
  path: '/register',
  signedIn: false,
  get: async (visit) => (visit.session ? { to: '/home' } : screen(visit)),
});

export const takeSignUp = page({
  path: '/portal/register',
  signedIn: false,
  get: async () => ({ to: '/register' }),
  post: register,
});
