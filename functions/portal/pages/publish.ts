import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { namedPdfLink } from '../files/link.ts';
import { classFile } from '../files/papers.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { asked, asking, type Question } from '../kit/confirm.ts';
import { errorSummary, type Field, fieldRow } from '../kit/fields.ts';
import { page, type Reply, type Screen, withQuery } from '../kit/page.ts';
import { empty, table } from '../kit/parts.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import {
  Class,
  classHead,
  classOf,
  classPath,
  leavesOf,
  type Term,
  Terms,
  termAsked,
  termShown,
  termTabs,
  yearsOf,
} from './teaching.ts';

const Publication = z.object({
  obstacles: z.array(z.enum(['term_not_closed', 'unreleased_results'])).default([]),
  cards: z.array(
    z.object({
      student_id: z.int(),
      name: z.string(),
      result: z.enum(['new', 'replaces', 'unchanged']),
      version: z.int(),
      lacks: z.array(
        z.object({ what: z.enum(['figure', 'remark', 'mention', 'decision']), subject: z.string().optional() }),
      ),
    }),
  ),
});
type Publication = z.output<typeof Publication>;

const WORDS = {
  title: { fr: 'Bulletins', en: 'Report cards' },
  student: { fr: 'Élève', en: 'Student' },
  becomes: { fr: 'Ce qui se passera', en: 'What will happen' },
  lacks: { fr: 'Il manque', en: 'Missing' },
  new: { fr: 'premier bulletin', en: 'first card' },
  replaces: { fr: 'remplacé par la version', en: 'replaced by version' },
  unchanged: { fr: 'rien ne change', en: 'nothing changes' },
  complete: { fr: 'complet', en: 'complete' },
  figure: { fr: 'moyenne', en: 'figure' },
  remark: { fr: 'appréciation', en: 'remark' },
  mention: { fr: 'mention', en: 'mention' },
  decision: { fr: 'décision', en: 'decision' },
  general: { fr: 'générale', en: 'general' },
  council: { fr: 'conseil', en: 'council' },
  none: { fr: 'Personne n’est dans cette classe dans cette période.', en: 'Nobody is in this class in this term.' },
  lead: {
    fr: 'Voici ce que la publication ferait maintenant. Rien n’est publié tant que vous ne l’avez pas confirmé.',
    en: 'This is what publishing would do now. Nothing is published until you confirm it.',
  },
  term_not_closed: {
    fr: 'La période est encore ouverte pour cette classe : un bulletin fige ce qui ne change plus.',
    en: 'The term is still open for this class: a report card freezes what changes no more.',
  },
  askOffice: { fr: 'L’administration la clôt.', en: 'The school office closes it.' },
  unreleased_results: {
    fr: 'Des notes que les familles ne voient pas encore comptent dans ces moyennes : changez la date de publication des évaluations.',
    en: 'Marks that families do not see yet count in these averages: change the release date of the assessments.',
  },
  publish: { fr: 'Publier les bulletins', en: 'Publish the report cards' },
  allDone: { fr: 'Tous les bulletins sont publiés et à jour.', en: 'All report cards are published and up to date.' },
  will: {
    fr: 'bulletins seront publiés. Les familles les verront aussitôt, et une version publiée ne change plus.',
    en: 'report cards will be published. Families will see them at once, and a published version never changes.',
  },
  incomplete: { fr: 'Incomplets', en: 'Incomplete' },
  close: { fr: 'Clore la période', en: 'Close the term' },
  closeText: {
    fr: 'Les notes, les membres et les coefficients de la classe ne changeront plus dans cette période.',
    en: 'The marks, members and weights of the class will no longer change in this term.',
  },
  cards: { fr: 'Bulletins publiés de la classe', en: 'Published cards of the class' },
  report: { fr: 'Rapport de classe', en: 'Class report' },
  reopen: { fr: 'Rouvrir la période', en: 'Open the term again' },
  reopenText: {
    fr: 'Les notes pourront de nouveau changer. La raison est conservée.',
    en: 'Marks can change again. The reason is kept.',
  },
} satisfies Record<string, Localized>;

const REASON: Field = {
  name: 'reason',
  label: { fr: 'Raison', en: 'Reason' },
  required: true,
  maxLength: 500,
};

/** The pages of a class where something is asked once more. */
const ASKING = {
  publish: '/report-cards/publish',
  close: '/report-cards/close',
  reopen: '/report-cards/reopen',
} as const;
type Asking = keyof typeof ASKING;

/** All that these pages go by: the class, its term, and what publishing would do. */
interface Shown {
  readonly one: Class;
  readonly terms: Terms;
  readonly term: Term;
  readonly dry: Publication;
}

async function read(visit: Visit): Promise<Shown | { readonly one: Class }> {
  const [one, terms] = await Promise.all([
    visit.api.get(`/classes/${classOf(visit)}`, Class),
    visit.api.get('/terms', Terms),
  ]);
  const term = termShown(visit, terms);
  if (!term) return { one };
  const path = `/classes/${classOf(visit)}/report-cards?dry_run=true`;
  const dry = Publication.parse(await visit.api.send('POST', path, { body: { term: term.id } }));
  return { one, terms, term, dry };
}

const due = ({ cards }: Publication) => cards.filter(({ result }) => result !== 'unchanged');

function questionOf(visit: Visit, which: Asking, { one, term, dry }: Shown, refusal?: Refusal): Question {
  const back = withQuery(classPath(one.class_name, '/report-cards'), { term: term.id });
  const path = withQuery(classPath(one.class_name, ASKING[which]), { term: term.id });
  const common = {
    id: which,
    path,
    back,
    title: `${visit.say(WORDS[which])}${visit.colon}${one.class_name}, ${term.name}`,
  };
  const reason = html`${errorSummary(visit, refusal, [REASON])}${fieldRow(visit, REASON, visit.typed('reason'), refusal)}`;
  if (which === 'close') return { ...common, text: visit.say(WORDS.closeText), verb: visit.say(WORDS.close) };
  if (which === 'reopen')
    return { ...common, text: visit.say(WORDS.reopenText), verb: visit.say(WORDS.reopen), inputs: reason };
  const lacking = due(dry).filter(({ lacks }) => lacks.length > 0).length;
  const needsReason = dry.cards.some(({ result }) => result === 'replaces');
  return {
    ...common,
    text: html`${due(dry).length} ${visit.say(WORDS.will)}${lacking > 0 && html` <strong>${visit.say(WORDS.incomplete)}${visit.colon}${lacking}.</strong>`}`,
    verb: visit.say(WORDS.publish),
    ...{ calm: true, inputs: needsReason ? reason : errorSummary(visit, refusal, [REASON]) },
  };
}

/** What a card would be printed without, in words: each kind once, with the subjects where it is missing. */
function lackWords(visit: Visit, lacks: Publication['cards'][number]['lacks']): string {
  const kinds = [...new Set(lacks.map(({ what }) => what))];
  const whole = { figure: WORDS.general, remark: WORDS.council, mention: undefined, decision: undefined };
  const words = kinds.map((kind) => {
    const general = whole[kind];
    const where = lacks
      .filter(({ what }) => what === kind)
      .flatMap(({ subject }) => subject ?? (general ? visit.say(general) : []));
    return visit.say(WORDS[kind]) + (where.length > 0 ? ` (${where.join(', ')})` : '');
  });
  return words.join(' · ') || visit.say(WORDS.complete);
}

function cardsTable(visit: Visit, { cards }: Publication): Html {
  if (cards.length === 0) return empty(visit.say(WORDS.none));
  const columns = [WORDS.student, WORDS.becomes, WORDS.lacks].map((name) => ({ name: visit.say(name) }));
  const rows = cards
    .toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))
    .map(({ name, result, version, lacks }) => [
      name,
      result === 'replaces' ? `${visit.say(WORDS.replaces)} ${version}` : visit.say(WORDS[result]),
      lacks.length > 0
        ? html`<span class="badge warning">${lackWords(visit, lacks)}</span>`
        : html`<span class="badge good">${lackWords(visit, lacks)}</span>`,
    ]);
  return table(visit.say(WORDS.title), columns, rows);
}

/** What can be done now: to close the term, to publish, or why not. */
async function nextStep(visit: Visit, shown: Shown): Promise<Html> {
  const { obstacles, cards } = shown.dry;
  const isAdmin = sessionIn(visit).role === 'admin';
  const isOpen = obstacles.includes('term_not_closed');
  const why = obstacles.map(
    (one) =>
      html`<p class="news warning">${visit.say(WORDS[one])}${one === 'term_not_closed' && !isAdmin && ` ${visit.say(WORDS.askOffice)}`}</p>`,
  );
  const isDone = cards.length > 0 && due(shown.dry).length === 0;
  const steps = [
    isAdmin && isOpen && (await asking(visit, questionOf(visit, 'close', shown))),
    obstacles.length === 0 && !isDone && cards.length > 0 && (await asking(visit, questionOf(visit, 'publish', shown))),
    isAdmin && !isOpen && (await asking(visit, questionOf(visit, 'reopen', shown))),
  ];
  return html`${why}${isDone && html`<p class="news">${visit.say(WORDS.allDone)}</p>`}<div class="actions">${steps}</div>`;
}

/** What can be printed by now: the cards that are published, and the report of the class. */
const filesOf = (visit: Visit, { one, term, dry }: Shown): Html =>
  html`<p class="actions">${dry.cards.some(({ result }) => result !== 'new') && namedPdfLink(visit, classFile(one.class_name, 'report-cards', term.id), visit.say(WORDS.cards))}
${namedPdfLink(visit, classFile(one.class_name, 'report', term.id), visit.say(WORDS.report))}</p>`;

/** `/portal/classes/{class}/report-cards`: what publishing would do, and the way to it. */
export const publishingPage = page({
  path: '/portal/classes/{class}/report-cards',
  async get(visit) {
    const shown = await read(visit);
    const title = visit.say(WORDS.title);
    if (!('dry' in shown))
      return { title, body: html`${classHead(visit, shown.one, '/report-cards')}${empty(visit.say(WORDS.none))}` };
    const { one, terms, term, dry } = shown;
    return {
      title: `${title} · ${one.class_name}`,
      body: html`${classHead(visit, one, '/report-cards')}${termTabs(visit, [...leavesOf(visit, terms), ...yearsOf(visit, terms)], term)}
<h2 class="above">${title} · ${term.name}</h2><p class="quiet">${visit.say(WORDS.lead)}</p>${await nextStep(visit, shown)}${cardsTable(visit, dry)}${filesOf(visit, shown)}`,
    };
  },
});

/** Asks once more, on a page of its own. */
async function askScreen(visit: Visit, which: Asking, refusal?: Refusal): Promise<Screen | Reply> {
  const shown = await read(visit);
  if (!('dry' in shown)) return { to: classPath(shown.one.class_name, '/report-cards') };
  const question = questionOf(visit, which, shown, refusal);
  return { title: question.title, status: refusal?.status ?? 200, body: await asked(visit, question) };
}

const backTo = (visit: Visit): string =>
  withQuery(classPath(visit.variables.class ?? '', '/report-cards'), { term: termAsked(visit) });

async function done(visit: Visit, which: Asking): Promise<unknown> {
  const term = termAsked(visit) ?? 'none';
  const reason = visit.form?.filled('reason');
  if (which === 'publish')
    return visit.api.send('POST', `/classes/${classOf(visit)}/report-cards`, { body: { term, ...reason } });
  const body = { open: which === 'reopen', class_names: [visit.variables.class], ...reason };
  return visit.api.send('PATCH', `/terms/${term}`, { body });
}

const NEWS = { publish: 'cards_published', close: 'class_closed', reopen: 'class_opened' } as const;

const askingPage = (which: Asking) =>
  page({
    path: `/portal/classes/{class}${ASKING[which]}`,
    get: (visit) => askScreen(visit, which),
    async post(visit) {
      const outcome = await attempt(done(visit, which));
      if ('value' in outcome) return { to: backTo(visit), news: NEWS[which] };
      const { failure } = outcome;
      if (failure instanceof Refusal && ![403, 404].includes(failure.status)) return askScreen(visit, which, failure);
      throw failure;
    },
  });

/** `/portal/classes/{class}/report-cards/publish`, `…/close` and `…/reopen`. */
export const publishPage = askingPage('publish');
export const closePage = askingPage('close');
export const reopenPage = askingPage('reopen');
