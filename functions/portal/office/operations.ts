import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { section, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { deadLettersOf } from './dead-letters.ts';
import { SERVICES } from './services.ts';

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
  letters: { fr: 'Messages en souffrance', en: 'Dead letters' },
  lettersText: {
    fr: 'Un message entre services qui échoue cinq fois est mis de côté : il attend qu’on lève l’obstacle et le renvoie.',
    en: 'A message between services that fails five times is put aside: it waits until the cause is mended and it is sent again.',
  },
  none: { fr: 'Aucun message n’attend.', en: 'No message waits.' },
  waits: { fr: 'en attente', en: 'waiting' },
  unknown: { fr: 'inconnu', en: 'unknown' },
  see: { fr: 'Voir et renvoyer', en: 'See and send again' },
  undelivered: {
    fr: 'Tout répond, mais des messages sont restés en souffrance.',
    en: 'Everything answers, but some messages could not be handled.',
  },
} satisfies Record<string, Localized>;

async function isThere(visit: Visit, path: string): Promise<boolean> {
  const outcome = await attempt(visit.api.get(path, z.unknown()));
  return 'value' in outcome || outcome.failure instanceof Refusal;
}

/** How many letters wait in each service: those of which something is to be said. */
function lettersPart(visit: Visit, all: Awaited<ReturnType<typeof deadLettersOf>>): Html {
  const said = all.flatMap(({ service, outcome }) => {
    const count = 'value' in outcome ? outcome.value.waiting : undefined;
    if (count === 0) return [];
    const text = count === undefined ? visit.say(WORDS.unknown) : `${count} ${visit.say(WORDS.waits)}`;
    return [html`<li><span>${visit.say(service.name)}</span> <span class="badge warning">${text}</span></li>`];
  });
  return html`<p>${visit.say(WORDS.lettersText)}</p>
${said.length === 0 ? html`<p class="quiet">${visit.say(WORDS.none)}</p>` : html`<ul class="lines">${said}</ul>`}
<p class="actions"><a class="button quiet" href="${visit.to('/portal/dead-letters')}">${visit.say(WORDS.see)}</a></p>`;
}

/** `/portal/operations`: what answers, now, and what could not be handled. */
export const operationsPage = officePage('/portal/operations', async (visit) => {
  const [status, letters, ...there] = await Promise.all([
    attempt(visit.api.get('/status', z.object({ version: z.string() }))),
    deadLettersOf(visit),
    ...SERVICES.map(({ path }) => isThere(visit, path)),
  ]);
  const badge = (answers: boolean) =>
    html`<span class="badge${answers ? ' good' : ' warning'}">${visit.say(answers ? WORDS.answers : WORDS.silent)}</span>`;
  const columns = (['service', 'what', 'state'] as const).map((name) => ({ name: visit.say(WORDS[name]) }));
  const rows = SERVICES.map(({ name, does }, i) => [visit.say(name), visit.say(does), badge(there[i] ?? false)]);
  const all = 'value' in status && there.every(Boolean);
  const waits = letters.some(({ outcome }) => 'value' in outcome && outcome.value.waiting > 0);
  const state = all ? (waits ? WORDS.undelivered : WORDS.good) : WORDS.bad;
  const title = visit.say(WORDS.title);
  const version = 'value' in status && html`<p class="quiet">${visit.say(WORDS.version)} ${status.value.version}</p>`;
  return {
    title,
    body: html`<h1>${title}</h1><p class="news${(!all || waits) && ' warning'}" role="status">${visit.say(state)}</p>
${section('services', visit.say(WORDS.services), html`${table(visit.say(WORDS.services), columns, rows)}${version}<p class="actions"><a class="button quiet" href="${visit.to('/portal/operations')}">${visit.say(WORDS.again)}</a></p>`)}
${section('letters', visit.say(WORDS.letters), lettersPart(visit, letters))}`,
  };
});
