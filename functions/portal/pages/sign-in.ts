import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { entranceForm, handedBack, isTheirs, KEPT, keepingEntrance } from '../kit/kept.ts';
import { inside, page, type Reply, type Screen } from '../kit/page.ts';
import { cookiesFor, Pair, sessionOf } from '../kit/session.ts';
import type { Visit } from '../kit/visit.ts';

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
${await entranceForm(visit, { next, refusal }, visit.say(WORDS.title))}
<p>${visit.say(WORDS.noAccount)} <a href="${visit.to('/register')}">${visit.say(WORDS.signUp)}</a></p>
${demo(visit)}
</div>`,
  };
}

async function enter(visit: Visit): Promise<Reply> {
  const body = { username: visit.typed('username'), password: visit.typed('password') };
  const outcome = await attempt(visit.publicApi.send('POST', '/auth/login', { body }));
  const [next, kept] = [inside(visit.typed('next')), visit.typed(KEPT)];
  if ('value' in outcome) return entered(visit, Pair.parse(outcome.value), next, kept);
  const { failure: refusal } = outcome;
  if (!(refusal instanceof Refusal)) throw refusal;
  return kept ? keepingEntrance(visit, { next, kept, refusal }) : screen(visit, refusal);
}

/** Leads on, or hands back what was typed before the last session ended. */
async function entered(visit: Visit, pair: Pair, next: string, kept: string): Promise<Reply> {
  const cookies = cookiesFor(pair);
  const session = sessionOf({ access: `${pair.role}~${pair.access_token}` });
  if (!kept || !session || !(await isTheirs(kept, session.username))) return { to: next, cookies };
  visit.kept.push(...cookies);
  visit.session = session;
  return handedBack(visit, next, kept);
}

/** `/`: who is signed in already goes on to where they wanted. */
export const signIn = page({
  path: '/',
  signedIn: false,
  get: async (visit) => (visit.session ? { to: inside(visit.query.get('next')) } : screen(visit)),
  post: enter,
});
