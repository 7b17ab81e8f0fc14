import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { pdfLink, shortPdfLink } from '../files/link.ts';
import { cardFile } from '../files/papers.ts';
import { attempt, ifThere } from '../kit/api.ts';
import { childSwitcher, familyOf, nobody } from '../kit/children.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Screen, withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import { notFound } from '../kit/screens.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import { day, moment, number } from '../kit/write.ts';
import { type Card, type CardSubject, type Content, PublishedCards, shownTo } from './card.ts';
import { DECISIONS, isDecision } from './sheets.ts';

const WORDS = {
  title: { fr: 'Bulletins', en: 'Report cards' },
  card: { fr: 'Bulletin de notes', en: 'Report card' },
  none: {
    fr: 'Aucun bulletin n’est encore publié. Il paraîtra ici après le conseil de classe.',
    en: 'No report card is published yet. It will appear here after the class council.',
  },
  term: { fr: 'Période', en: 'Term' },
  published: { fr: 'Publié le', en: 'Published on' },
  read: { fr: 'Lu', en: 'Read' },
  toRead: { fr: 'à lire', en: 'to be read' },
  replaced: { fr: 'remplacé', en: 'replaced' },
  version: { fr: 'version', en: 'version' },
  isReplaced: {
    fr: 'Cette version a été remplacée par une plus récente.',
    en: 'This version was replaced by a newer one.',
  },
  newer: { fr: 'Voir la version en vigueur', en: 'See the version that stands' },
  differs: {
    fr: 'Depuis la publication, des notes ou d’autres données ont changé : l’école peut publier une nouvelle version.',
    en: 'Marks or other data have changed since it was published: the school may publish a new version.',
  },
  reason: { fr: 'Motif de la nouvelle version', en: 'Why there is a new version' },
  subject: { fr: 'Matière', en: 'Subject' },
  coefficient: { fr: 'Coef.', en: 'Coef.' },
  mark: { fr: 'Moyenne', en: 'Average' },
  classMean: { fr: 'Classe', en: 'Class' },
  extremes: { fr: 'Min – max', en: 'Min – max' },
  remark: { fr: 'Appréciation', en: 'Remark' },
  general: { fr: 'Moyenne générale', en: 'General average' },
  rank: { fr: 'Rang', en: 'Rank' },
  of: { fr: 'sur', en: 'of' },
  size: { fr: 'Effectif', en: 'Students' },
  class: { fr: 'Classe', en: 'Class' },
  born: { fr: 'Né(e) le', en: 'Born on' },
  at: { fr: 'à', en: 'in' },
  matricule: { fr: 'Matricule', en: 'Number' },
  head: { fr: 'Professeur principal', en: 'Head teacher' },
  principal: { fr: 'La direction', en: 'The head of school' },
  council: { fr: 'Conseil de classe', en: 'Class council' },
  absences: { fr: 'Absences justifiées', en: 'Excused absences' },
  unexcused: { fr: 'Absences non justifiées', en: 'Unexcused absences' },
  late: { fr: 'Retards', en: 'Times late' },
  conduct: { fr: 'Conduite', en: 'Conduct' },
  mention: { fr: 'Mention', en: 'Mention' },
  decision: { fr: 'Décision', en: 'Decision' },
  other: { fr: 'Sans matière', en: 'Without subject' },
  sign: { fr: 'J’ai lu ce bulletin', en: 'I have read this report card' },
  signText: {
    fr: 'Votre confirmation tient lieu de signature : l’école voit qui a lu le bulletin, et quand.',
    en: 'Your confirmation stands for a signature: the school sees who has read the card, and when.',
  },
  signed: { fr: 'Vous avez confirmé la lecture le', en: 'You confirmed having read it on' },
  file: { fr: 'Fichier', en: 'File' },
  all: { fr: 'Tous les bulletins', en: 'All report cards' },
  seal: { fr: 'Empreinte', en: 'Fingerprint' },
} satisfies Record<string, Localized>;

const cardPath = (studentId: number, { term, version }: Pick<Card, 'term' | 'version'>): string =>
  withQuery(`/portal/report-cards/${studentId}/${version}`, { term });

function listOf(visit: Visit, studentId: number, cards: readonly Card[]): Html {
  if (cards.length === 0) return empty(visit.say(WORDS.none));
  const names = [WORDS.term, WORDS.mark, WORDS.published, WORDS.read, WORDS.file];
  const columns = names.map((name) => ({ name: visit.say(name) }));
  const { language } = visit;
  const rows = cards.map((card) => {
    const { content, version, published_at, read_at, replaced_by } = card;
    const { general, term, year, scale } = shownTo(false, content);
    const name = term.name.includes(year.name) ? term.name : `${term.name} · ${year.name}`;
    const state =
      replaced_by !== undefined
        ? visit.say(WORDS.replaced)
        : html`<span class="badge warning">${visit.say(WORDS.toRead)}</span>`;
    return [
      html`<a href="${visit.to(cardPath(studentId, card))}">${name}</a>${version > 1 && html` <small>${visit.say(WORDS.version)} ${version}</small>`}`,
      general === undefined ? '–' : `${number(general, language, 2)}/${scale}`,
      day(published_at, visit),
      read_at ? day(read_at, visit) : state,
      shortPdfLink(visit, cardFile(studentId, card), `${name}, ${visit.say(WORDS.version)} ${version}`),
    ];
  });
  return table(visit.say(WORDS.title), columns, rows);
}

/** `/portal/report-cards`: the published cards of a child. */
export const reportCardsPage = page({
  path: '/portal/report-cards',
  async get(visit) {
    const family = await familyOf(visit);
    const { child } = family;
    const title = visit.say(WORDS.title);
    if (!child) return { title, body: html`<h1>${title}</h1>${nobody(visit)}` };
    const path = `/grades/${child.id}/report-cards?limit=100`;
    const outcome = await attempt(ifThere(visit.api.get(path, PublishedCards)));
    return {
      title: `${title} · ${child.name}`,
      body: html`<h1>${title}</h1>${await childSwitcher(visit, family)}
${panel(visit, { id: 'cards', title: child.name, outcome }, (cards) => listOf(visit, child.id, cards ?? []))}`,
    };
  },
});

const figure = (visit: Visit, value: number | undefined): string =>
  value === undefined ? '–' : number(value, visit.language, 2);

function subjectRows(visit: Visit, lines: readonly CardSubject[], { terms }: Content, depth = 0): Part[][] {
  return lines.flatMap(({ name, coefficient, figure: own, class: among, teachers, remark, parts }) => {
    const range =
      among?.min !== undefined && among.max !== undefined
        ? `${figure(visit, among.min)} – ${figure(visit, among.max)}`
        : '–';
    const before = terms.map((one) => figure(visit, one.subjects.find((other) => other.name === name)?.figure));
    const row: Part[] = [
      html`${depth > 0 && '– '}${name ?? visit.say(WORDS.other)}${teachers.length > 0 && html` <small>${teachers.join(', ')}</small>`}`,
      number(coefficient, visit.language),
      ...before,
      html`<strong>${figure(visit, own)}</strong>`,
      figure(visit, among?.mean),
      range,
      remark?.text ?? '',
    ];
    return [row, ...subjectRows(visit, parts, { terms } as Content, depth + 1)];
  });
}

function subjectTable(visit: Visit, content: Content): Html {
  const columns = [
    { name: visit.say(WORDS.subject) },
    { name: visit.say(WORDS.coefficient), numeric: true },
    ...content.terms.map(({ name }) => ({ name, numeric: true })),
    { name: visit.say(WORDS.mark), numeric: true },
    { name: visit.say(WORDS.classMean), numeric: true },
    { name: visit.say(WORDS.extremes), numeric: true },
    { name: visit.say(WORDS.remark) },
  ];
  return table(visit.say(WORDS.card), columns, subjectRows(visit, content.subjects, content));
}

/** Facts as pairs of a name and a value; those that are not there are left out. */
const facts = (visit: Visit, pairs: readonly (readonly [Localized, Part])[]): Html =>
  html`<dl class="facts">${pairs.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => html`<div><dt>${visit.say(name)}</dt><dd>${value}</dd></div>`)}</dl>`;

function councilPart(visit: Visit, { council, head_teacher, school }: Content): Html {
  const { remark, absences_excused, absences_unexcused, late, conduct, mention, decision } = council;
  const written = (value: number | undefined) => (value === undefined ? undefined : number(value, visit.language));
  return html`<section class="council-says"><h2>${visit.say(WORDS.council)}</h2>${remark && html`<p class="said">${remark}</p>`}
${facts(visit, [
  [WORDS.mention, mention],
  [WORDS.decision, decision && isDecision(decision) ? visit.say(DECISIONS[decision]) : undefined],
  [WORDS.conduct, conduct],
  [WORDS.absences, written(absences_excused)],
  [WORDS.unexcused, written(absences_unexcused)],
  [WORDS.late, written(late)],
  [WORDS.head, head_teacher],
  [WORDS.principal, school.head_name],
])}</section>`;
}

function generalPart(visit: Visit, { general, scale, rank, ranked, size, class: among, terms }: Content): Html {
  const place = typeof rank === 'number' ? `${rank} ${visit.say(WORDS.of)} ${ranked ?? size ?? ''}` : undefined;
  return facts(visit, [
    ...terms.map(({ name, general: one }) => [{ fr: name, en: name }, figure(visit, one)] as const),
    [WORDS.general, html`<span class="price">${figure(visit, general)}<small>/${scale}</small></span>`],
    [WORDS.classMean, among?.mean === undefined ? undefined : figure(visit, among.mean)],
    [WORDS.rank, place],
    [WORDS.size, size === undefined ? undefined : String(size)],
  ]);
}

/** A card as it is printed. */
function sheet(visit: Visit, card: Card, content: Content): Html {
  const { school, student, class_name, term, year } = content;
  const born =
    student.birth_date &&
    [day(student.birth_date, visit), student.birth_place].filter(Boolean).join(` ${visit.say(WORDS.at)} `);
  return html`<article class="sheet"><header><p><strong>${school.name}</strong>${[school.address, school.phone].filter(Boolean).map((line) => html`<br>${line}`)}</p>
<p>${year.name}${term.id !== year.id && html`<br><strong>${term.name}</strong>`}</p></header>
<h1>${visit.say(WORDS.card)}<br><span class="whose">${student.name}</span></h1>
${facts(visit, [
  [WORDS.class, class_name],
  [WORDS.matricule, student.matricule],
  [WORDS.born, born],
])}
${subjectTable(visit, content)}${generalPart(visit, content)}${councilPart(visit, content)}
<p class="seal">${visit.say(WORDS.version)} ${card.version} · ${visit.say(WORDS.published)} ${day(card.published_at, visit)} · ${visit.say(WORDS.seal)} <code>${card.sha256.slice(0, 16)}</code></p></article>`;
}

const isStaff = (visit: Visit): boolean => ['admin', 'teacher'].includes(sessionIn(visit).role);

async function signature(visit: Visit, { read_at, replaced_by }: Card): Promise<Html | undefined> {
  if (isStaff(visit)) return undefined;
  if (read_at) return html`<p class="news">${visit.say(WORDS.signed)} ${moment(read_at, visit)}.</p>`;
  if (replaced_by !== undefined) return undefined;
  const action = withQuery(visit.path, Object.fromEntries(visit.query));
  return html`<form class="card sign" method="post" action="${visit.to(action)}">${tokenField(await visit.formToken())}<p>${visit.say(WORDS.signText)}</p><p class="actions"><button>${visit.say(WORDS.sign)}</button></p></form>`;
}

function notices(visit: Visit, studentId: number, { term, replaced_by, differs, reason }: Card): Html {
  return html`${replaced_by !== undefined && html`<p class="news warning">${visit.say(WORDS.isReplaced)} <a href="${visit.to(cardPath(studentId, { term, version: replaced_by }))}">${visit.say(WORDS.newer)}</a></p>`}
${differs && html`<p class="news warning">${visit.say(WORDS.differs)}</p>`}
${reason && html`<p class="quiet">${visit.say(WORDS.reason)}${visit.colon}${reason}</p>`}`;
}

/** Whose card the address names, and which. */
function named({ variables, query }: Visit) {
  const [student, version] = [variables.student, variables.version].map(
    (text) => /^[1-9]\d{0,14}$/.exec(text ?? '')?.[0],
  );
  const term = /^[\w-]{1,64}$/.exec(query.get('term') ?? '')?.[0];
  return student && version && term ? { student: Number(student), version: Number(version), term } : undefined;
}

async function cardScreen(visit: Visit): Promise<Screen> {
  const asked = named(visit);
  if (!asked) return notFound(visit);
  const path = withQuery(`/grades/${asked.student}/report-cards`, { term: asked.term, limit: '100' });
  const card = (await visit.api.get(path, PublishedCards)).find(({ version }) => version === asked.version);
  if (!card) return notFound(visit);
  const content = shownTo(isStaff(visit), card.content);
  return {
    title: `${visit.say(WORDS.card)} · ${content.student.name}`,
    body: html`${!isStaff(visit) && html`<p class="screen"><a href="${visit.to('/portal/report-cards')}">${visit.say(WORDS.all)}</a></p>`}${notices(visit, asked.student, card)}
${sheet(visit, card, content)}${await signature(visit, card)}<p class="actions screen">${pdfLink(visit, cardFile(asked.student, card))}</p>`,
  };
}

/** `/portal/report-cards/{student}/{version}?term=`: a card, and the confirmation that it was read. */
export const reportCardPage = page({
  path: '/portal/report-cards/{student}/{version}',
  get: cardScreen,
  async post(visit) {
    const asked = named(visit);
    if (!asked) return notFound(visit);
    const { student, version, term } = asked;
    await visit.api.send('POST', withQuery(`/grades/${student}/report-cards/${version}/read`, { term }));
    return { to: cardPath(student, asked), news: 'card_read' };
  },
});
