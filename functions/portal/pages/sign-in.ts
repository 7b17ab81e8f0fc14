import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { errorSummary, type Field, fieldRows } from '../kit/fields.ts';
import { tokenField } from '../kit/frame.ts';
import { inside, page, type Reply, type Screen } from '../kit/page.ts';
import { cookiesFor, Pair } from '../kit/session.ts';
import type { Visit } from '../kit/visit.ts';

const FIELDS: readonly Field[] = [
  {
    name: 'username',
    label: { fr: 'Nom d’utilisateur', en: 'Username' },
    required: true,
    maxLength: 256,
    autocomplete: 'username',
  },
  {
    name: 'password',
    label: { fr: 'Mot de passe', en: 'Password' },
    required: true,
    type: 'password',
    autocomplete: 'current-password',
  },
];

const WORDS = {
  title: { fr: 'Se connecter', en: 'Sign in' },
  lead: {
    fr: 'Notes, frais, commandes : l’école en un seul endroit.',
    en: 'Marks, fees, orders: the school in one place.',
  },
  noAccount: { fr: 'Pas encore de compte ?', en: 'No account yet?' },
  signUp: { fr: 'Créer un compte', en: 'Create an account' },
  demo: { fr: 'Comptes de démonstration', en: 'Demo accounts' },
  demoText: {
    fr: 'Cette installation est une démonstration. Nom d’utilisateur et mot de passe :',
    en: 'This is a demonstration. Username and password:',
  },
} satisfies Record<string, Localized>;

/** The accounts of the demo data, which only a local start has. */
const demoAccounts = (): string[] => (process.env.DEMO_ACCOUNTS ?? '').split(' ').filter(Boolean);

function demo(visit: Visit): Html | undefined {
  const accounts = demoAccounts();
  if (accounts.length === 0) return undefined;
  return html`<details><summary>${visit.say(WORDS.demo)}</summary><p>${visit.say(WORDS.demoText)}</p>
<ul class="plain">${accounts.map((one) => html`<li><code>${one.replace('/', ' / ')}</code></li>`)}</ul></details>`;
}

async function screen(visit: Visit, refusal?: Refusal): Promise<Screen> {
  const next = inside(visit.query.get('next') ?? visit.typed('next'));
  return {
    title: visit.say(WORDS.title),
    status: refusal?.status === 429 ? 429 : refusal ? 401 : 200,
    retryAfter: refusal?.retryAfter,
    body: html`<div class="narrow">
<h1>${visit.say(WORDS.title)}</h1>
<p class="lead">${visit.say(WORDS.lead)}</p>
${errorSummary(visit, refusal, FIELDS)}
<form class="stack" method="post" action="${visit.to('/')}">
${tokenField(await visit.formToken())}<input type="hidden" name="next" value="${next}">
${fieldRows(visit, FIELDS, (name) => visit.typed(name), refusal)}
<button>${visit.say(WORDS.title)}</button>
</form>
<p>${visit.say(WORDS.noAccount)} <a href="${visit.to('/register')}">${visit.say(WORDS.signUp)}</a></p>
${demo(visit)}
</div>`,
  };
}

async function enter(visit: Visit): Promise<Reply> {
  const body = { username: visit.typed('username'), password: visit.typed('password') };
  const outcome = await attempt(visit.publicApi.send('POST', '/auth/login', { body }));
  if ('value' in outcome) return { to: inside(visit.typed('next')), cookies: cookiesFor(Pair.parse(outcome.value)) };
  if (outcome.failure instanceof Refusal) return screen(visit, outcome.failure);
  throw outcome.failure;
}

/** `/`: who is signed in already goes on to where they wanted. */
export const signIn = page({
  path: '/',
  signedIn: false,
  get: async (visit) => (visit.session ? { to: inside(visit.query.get('next')) } : screen(visit)),
  post: enter,
});
