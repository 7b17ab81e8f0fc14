import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { attempt, missing, type Outcome } from '../kit/api.ts';
import { asked, asking, type Question } from '../kit/confirm.ts';
import { page } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import { officePage, only } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { moment } from '../kit/write.ts';
import { SERVICES, type Service } from './services.ts';

const PAGE = '/portal/dead-letters';

/** Longer than a service sends letters before it says how many are left. */
const PATIENCE_MS = 9_000;

const WORDS = {
  title: { fr: 'Messages en souffrance', en: 'Dead letters' },
  text: {
    fr: 'Ce qu’un service dit à un autre et que celui-ci n’a pas pu traiter, après cinq essais. Rien n’est perdu tant que la date limite n’est pas passée : levez l’obstacle, puis renvoyez.',
    en: 'What one service told another, and what that one could not handle in five tries. Nothing is lost until the date it is kept to: mend the cause, then send it again.',
  },
  back: { fr: 'État du système', en: 'Is all well' },
  none: { fr: 'Rien n’attend : tout a été traité.', en: 'Nothing waits: everything was handled.' },
  waits: { fr: 'en attente', en: 'waiting' },
  oldest: { fr: 'Les dix plus anciens.', en: 'The ten oldest.' },
  sent: { fr: 'Envoyé', en: 'Sent' },
  kept: { fr: 'Gardé jusqu’au', en: 'Kept until' },
  about: { fr: 'À propos de', en: 'About' },
  number: { fr: 'Numéro pour le journal', en: 'Number for the log' },
  unreadable: { fr: 'illisible', en: 'unreadable' },
  again: { fr: 'Renvoyer', en: 'Send again' },
  marks: {
    fr: 'Des notes importées attendent : le plus souvent, aucune période n’est ouverte pour la classe.',
    en: 'Marks of an import wait: mostly since no term is open for the class.',
  },
  terms: { fr: 'Ouvrir une période', en: 'Open a term' },
  question: { fr: 'Renvoyer ces messages ?', en: 'Send these messages again?' },
  questionText: {
    fr: 'Le service essaiera de nouveau de les traiter. Ceux qui échouent encore reviennent ici.',
    en: 'The service tries once more to handle them. Those that fail again come back here.',
  },
} satisfies Record<string, Localized>;

/** The marks that an import brought. */
const MARKED = 'campus.student.marked';

/** What a message is about, by the type of its event, and the page of what it happened to. */
const EVENTS: Readonly<Record<string, { readonly name: Localized; readonly at?: (id: string) => string }>> = {
  [MARKED]: { name: { fr: 'Notes d’un import', en: 'Marks of an import' }, at: studentAt },
  'campus.student.notified': { name: { fr: 'Élève notifié', en: 'Student notified' }, at: studentAt },
  'campus.student.changed': { name: { fr: 'Élève modifié', en: 'Student changed' }, at: studentAt },
  'campus.student.restored': { name: { fr: 'Élève rétabli', en: 'Student restored' }, at: studentAt },
  'campus.student.deleted': { name: { fr: 'Élève retiré', en: 'Student removed' } },
  'campus.student.noticed': { name: { fr: 'Avis à une famille', en: 'Notice to a family' }, at: studentAt },
  'campus.school.changed': { name: { fr: 'L’école', en: 'The school' }, at: () => '/portal/school' },
  'campus.person.deleted': { name: { fr: 'Personne supprimée', en: 'Person deleted' } },
  'campus.import.started': { name: { fr: 'Import', en: 'Import' }, at: (id) => `/portal/import/${id}` },
  'campus.order.reserved': { name: { fr: 'Réservation', en: 'Reservation' }, at: orderAt },
  'campus.order.refund_due': { name: { fr: 'Remboursement', en: 'Refund' }, at: orderAt },
};

function studentAt(id: string): string {
  return `/portal/students/${id}/record`;
}

function orderAt(id: string): string {
  return `/portal/shop/orders/${id}`;
}

const Letter = z.object({
  id: z.string(),
  sent_at: z.string(),
  expires_at: z.string(),
  event: z.object({ type: z.string(), subject: z.string().optional() }).nullable(),
});
type Letter = z.output<typeof Letter>;

/** What a service says of its dead letters. */
const DeadLetters = z.object({ waiting: z.int(), letters: z.array(Letter) });
type DeadLetters = z.output<typeof DeadLetters>;

const Redriven = z.object({ redriven: z.int(), waiting: z.int() });

interface Hearing extends Service {
  readonly hears: string;
}

const HEARING = SERVICES.filter((one): one is Hearing => one.hears !== undefined);

/** What each service that hears messages could not handle. */
export const deadLettersOf = (visit: Visit): Promise<{ service: Hearing; outcome: Outcome<DeadLetters> }[]> =>
  Promise.all(
    HEARING.map(async (service) => ({
      service,
      outcome: await attempt(visit.api.get(`/dead-letters/${service.hears}`, DeadLetters)),
    })),
  );

function aboutOf(visit: Visit, event: Letter['event']): Part {
  if (!event) return visit.say(WORDS.unreadable);
  const { type, subject = '' } = event;
  const known = EVENTS[type];
  if (!known) return `${type} ${subject}`;
  // An id of ours, which a message need not hold.
  const to = /^[\w-]{1,64}$/.test(subject) && known.at?.(subject);
  return to
    ? html`<a href="${visit.to(to)}">${visit.say(known.name)} ${subject}</a>`
    : `${visit.say(known.name)} ${subject}`;
}

function letterTable(visit: Visit, caption: string, letters: readonly Letter[]): Html {
  const columns = (['sent', 'about', 'kept', 'number'] as const).map((name) => ({ name: visit.say(WORDS[name]) }));
  const rows = letters.map(({ id, sent_at, expires_at, event }) => [
    moment(sent_at, visit),
    aboutOf(visit, event),
    moment(expires_at, visit),
    html`<small><code>${id}</code></small>`,
  ]);
  return table(caption, columns, rows);
}

const question = (visit: Visit, { name, hears }: Hearing): Question => ({
  ...{ id: `redrive-${hears}`, path: `${PAGE}/${hears}/redrive`, title: visit.say(WORDS.question), back: PAGE },
  ...{
    text: html`<strong>${visit.say(name)}</strong>. ${visit.say(WORDS.questionText)}`,
    verb: visit.say(WORDS.again),
  },
  calm: true,
});

async function waitingPart(visit: Visit, service: Hearing, { waiting, letters }: DeadLetters): Promise<Html> {
  if (waiting === 0) return empty(visit.say(WORDS.none));
  const haveMarks = letters.some(({ event }) => event?.type === MARKED);
  const few = letters.length < waiting && letters.length > 0;
  return html`<p><span class="badge warning">${waiting} ${visit.say(WORDS.waits)}</span> ${few && visit.say(WORDS.oldest)}</p>
${haveMarks && html`<p class="news warning">${visit.say(WORDS.marks)} <a href="${visit.to('/portal/year')}">${visit.say(WORDS.terms)}</a></p>`}
${letters.length > 0 && letterTable(visit, visit.say(service.name), letters)}
<p class="actions">${await asking(visit, question(visit, service))}</p>`;
}

/** `/portal/dead-letters`: what waits in each service, and since when. */
export const deadLettersPage = officePage(PAGE, async (visit) => {
  const all = await deadLettersOf(visit);
  const panels = await Promise.all(
    all.map(async ({ service, outcome }) => {
      const part = 'value' in outcome ? await waitingPart(visit, service, outcome.value) : undefined;
      return panel(visit, { id: service.hears, title: visit.say(service.name), outcome }, () => part);
    }),
  );
  const title = visit.say(WORDS.title);
  return {
    title,
    body: html`<p><a href="${visit.to('/portal/operations')}">${visit.say(WORDS.back)}</a></p><h1>${title}</h1><p class="lead">${visit.say(WORDS.text)}</p>${panels}`,
  };
});

/** The service in the address. @throws missing */
function hearingIn({ variables }: Visit): Hearing {
  const found = HEARING.find(({ hears }) => hears === variables.service);
  if (!found) throw missing();
  return found;
}

/** `/portal/dead-letters/{service}/redrive`: asks, and does it. */
export const redrivePage = page({
  path: `${PAGE}/{service}/redrive`,
  get: only(undefined, async (visit) => {
    const one = question(visit, hearingIn(visit));
    return { title: one.title, body: await asked(visit, one) };
  }),
  post: only(undefined, async (visit) => {
    const { hears } = hearingIn(visit);
    const told = await visit.api.send('POST', `/dead-letters/${hears}/redrive`, { patience: PATIENCE_MS });
    const { redriven, waiting } = Redriven.parse(told);
    if (redriven === 0) return { to: PAGE, news: 'nothing_redriven' };
    return { to: PAGE, news: waiting > 0 ? 'some_redriven' : 'redriven' };
  }),
});
