import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { attempt, type Outcome } from '../kit/api.ts';
import { childSwitcher, familyOf, type Notice } from '../kit/children.ts';
import { page } from '../kit/page.ts';
import { empty, panel } from '../kit/parts.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import { day } from '../kit/write.ts';
import { officeStart } from '../office/start.ts';
import { Classes, classCards } from './classes.ts';
import { balanceCard, ledgerOf } from './fees.ts';
import { noMarks, reportOf } from './marks.ts';
import { generalCard } from './report.ts';
import { Articles, articleCards } from './shop.ts';

const WORDS = {
  hello: { fr: 'Bonjour', en: 'Hello' },
  title: { fr: 'Accueil', en: 'Start' },
  articles: { fr: 'Les articles', en: 'The articles' },
  news: { fr: 'Du nouveau', en: 'What is new' },
  noNews: { fr: 'Rien de nouveau cette année.', en: 'Nothing new this year.' },
  stands: { fr: 'En un coup d’œil', en: 'At a glance' },
  allMarks: { fr: 'Toutes les notes', en: 'All marks' },
  fees: { fr: 'Frais et paiements', en: 'Fees and payments' },
  classes: { fr: 'Vos classes', en: 'Your classes' },
} satisfies Record<string, Localized>;

/** How many of the newest notices the start page shows. */
const NEWEST = 5;

/** The card of something that may be unreachable: the panel around it says so. */
const glance = <T>(visit: Visit, id: string, title: string, outcome: Outcome<T>, show: (value: T) => Part): Html =>
  'value' in outcome ? html`<div>${show(outcome.value)}</div>` : panel(visit, { id, title, outcome }, show);

function newsList(visit: Visit, notices: readonly Notice[]): Html {
  if (notices.length === 0) return empty(visit.say(WORDS.noNews));
  return html`<ul class="lines">${notices.slice(0, NEWEST).map(({ message, at }) => html`<li><span>${message}</span> <time class="quiet" datetime="${at}">${day(at, visit)}</time></li>`)}</ul>
<p><a href="${visit.to('/portal/marks')}">${visit.say(WORDS.allMarks)}</a></p>`;
}

/** What a student or a guardian came for: how the child stands, what is new, what is owed. */
async function familyPart(visit: Visit): Promise<Html | undefined> {
  const family = await attempt(familyOf(visit));
  const outcome = 'value' in family ? family.value.notices : family;
  const news = panel(visit, { id: 'news', title: visit.say(WORDS.news), outcome }, (one) => newsList(visit, one));
  const child = 'value' in family ? family.value.child : undefined;
  if (!('value' in family) || !child) return news;
  const [report, ledger] = await Promise.all([reportOf(visit, child.id), ledgerOf(visit, child.id)]);
  return html`${await childSwitcher(visit, family.value)}
<section class="panel" aria-labelledby="glance"><h2 id="glance">${child.name}</h2><div class="pair">
${glance(visit, 'general', visit.say(WORDS.stands), report, (one) => (one ? generalCard(visit, one) : noMarks(visit)))}
${glance(visit, 'owed', visit.say(WORDS.fees), ledger, (one) => balanceCard(visit, one))}</div></section>${news}`;
}

async function rolePart(visit: Visit): Promise<Html | undefined> {
  const { role } = sessionIn(visit);
  if (role === 'admin') return officeStart(visit);
  if (role !== 'teacher') return familyPart(visit);
  const outcome = await attempt(visit.api.get('/classes?limit=200', Classes));
  return panel(visit, { id: 'classes', title: visit.say(WORDS.classes), outcome }, (all) => classCards(visit, all));
}

/** `/home`: what somebody came for first, then the articles, which everybody sees. */
export const homePage = page({
  path: '/home',
  async get(visit) {
    const [outcome, part] = await Promise.all([attempt(visit.api.get('/orders/articles', Articles)), rolePart(visit)]);
    return {
      title: visit.say(WORDS.title),
      body: html`<h1>${visit.say(WORDS.hello)} ${sessionIn(visit).username}</h1>
${part}
${panel(visit, { id: 'articles', title: visit.say(WORDS.articles), outcome }, ({ articles }) => articleCards(visit, articles))}`,
    };
  },
});
