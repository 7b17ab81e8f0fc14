import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { section, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';

const WORDS = {
  title: { fr: 'État du système', en: 'Is all well' },
  good: { fr: 'Tout répond.', en: 'Everything answers.' },
  bad: { fr: 'Un service au moins ne répond pas.', en: 'One service at least does not answer.' },
  services: { fr: 'Services', en: 'Services' },
  service: { fr: 'Service', en: 'Service' },
  what: { fr: 'Ce qu’il fait', en: 'What it does' },
  state: { fr: 'État', en: 'State' },
  answers: { fr: 'répond', en: 'answers' },
  silent: { fr: 'ne répond pas', en: 'does not answer' },
  version: { fr: 'Version', en: 'Version' },
  again: { fr: 'Vérifier de nouveau', en: 'Check again' },
  letters: { fr: 'Messages non remis', en: 'Undelivered messages' },
  lettersText: {
    fr: 'Un message entre services qui échoue plusieurs fois est mis de côté, jamais perdu. Qui exploite l’installation est averti par une alarme, et le remet en route avec la commande',
    en: 'A message between services that fails several times is put aside, never lost. Whoever runs the installation is warned by an alarm, and sends it on with the command',
  },
} satisfies Record<string, Localized>;

/** Each service with a question that costs it little: any answer of its own, a refusal too, shows that it is there. */
const SERVICES: readonly { readonly name: Localized; readonly does: Localized; readonly path: string }[] = [
  {
    name: { fr: 'Inscriptions', en: 'Registration' },
    does: { fr: 'élèves, frais, l’école', en: 'students, fees, the school' },
    path: '/school',
  },
  {
    name: { fr: 'Notes', en: 'Marks' },
    does: { fr: 'périodes, notes, bulletins', en: 'terms, marks, report cards' },
    path: '/terms?limit=1',
  },
  {
    name: { fr: 'Comptes', en: 'Accounts' },
    does: { fr: 'connexion, rôles', en: 'signing in, roles' },
    path: '/users?limit=1',
  },
  {
    name: { fr: 'Boutique', en: 'Shop' },
    does: { fr: 'articles, commandes', en: 'articles, orders' },
    path: '/products?limit=1',
  },
  {
    name: { fr: 'Personnes', en: 'Persons' },
    does: { fr: 'fiches des personnes', en: 'records of persons' },
    path: '/persons?limit=1',
  },
  {
    name: { fr: 'Santé', en: 'Health' },
    does: { fr: 'mesures de santé', en: 'health measurements' },
    // Nobody's: no health record is opened to find out whether its service is there.
    path: '/health/999999999999999',
  },
];

async function isThere(visit: Visit, path: string): Promise<boolean> {
  const outcome = await attempt(visit.api.get(path, z.unknown()));
  return 'value' in outcome || outcome.failure instanceof Refusal;
}

/** `/portal/operations`: what answers, now. */
export const operationsPage = officePage('/portal/operations', async (visit) => {
  const [status, ...there] = await Promise.all([
    attempt(visit.api.get('/status', z.object({ version: z.string() }))),
    ...SERVICES.map(({ path }) => isThere(visit, path)),
  ]);
  const badge = (answers: boolean) =>
    html`<span class="badge${answers ? ' good' : ' warning'}">${visit.say(answers ? WORDS.answers : WORDS.silent)}</span>`;
  const columns = (['service', 'what', 'state'] as const).map((name) => ({ name: visit.say(WORDS[name]) }));
  const rows = SERVICES.map(({ name, does }, i) => [visit.say(name), visit.say(does), badge(there[i] ?? false)]);
  const all = 'value' in status && there.every(Boolean);
  const title = visit.say(WORDS.title);
  const version = 'value' in status && html`<p class="quiet">${visit.say(WORDS.version)} ${status.value.version}</p>`;
  return {
    title,
    body: html`<h1>${title}</h1><p class="news${!all && ' warning'}" role="status">${visit.say(all ? WORDS.good : WORDS.bad)}</p>
${section('services', visit.say(WORDS.services), html`${table(visit.say(WORDS.services), columns, rows)}${version}<p class="actions"><a class="button quiet" href="${visit.to('/portal/operations')}">${visit.say(WORDS.again)}</a></p>`)}
${section('letters', visit.say(WORDS.letters), html`<p>${visit.say(WORDS.lettersText)} <code>npm run dlq</code>.</p>`)}`,
  };
});
