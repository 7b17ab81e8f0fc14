import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { attempt } from '../kit/api.ts';
import { methodName } from '../kit/card.ts';
import { tokenField } from '../kit/frame.ts';
import { empty, panel, section, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { day, money } from '../kit/write.ts';
import { balanceCard, datesOf, Ledger, linesOf } from '../pages/fees.ts';
import { Student, stateBadge, studentIdIn } from './record.ts';

const WORDS = {
  students: { fr: 'Élèves', en: 'Students' },
  number: { fr: 'n°', en: 'no.' },
  marks: { fr: 'Voir les notes', en: 'See the marks' },
  pay: { fr: 'Encaisser', en: 'Take a payment' },
  notify: { fr: 'Notifier les notes', en: 'Notify the marks' },
  again: { fr: 'Notifier de nouveau', en: 'Notify again' },
  accept: { fr: 'Accepter l’inscription', en: 'Accept the registration' },
  edit: { fr: 'Modifier', en: 'Edit' },
  particulars: { fr: 'Renseignements', en: 'Particulars' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  email: { fr: 'E-mail', en: 'E-mail' },
  matricule: { fr: 'Matricule', en: 'Matricule' },
  birth: { fr: 'Naissance', en: 'Birth' },
  account: { fr: 'Compte', en: 'Account' },
  class: { fr: 'Classe', en: 'Class' },
  requested: { fr: 'Classe demandée', en: 'Class asked for' },
  left: { fr: 'Départ', en: 'Departure' },
  people: { fr: 'Responsables et contacts', en: 'Guardians and contacts' },
  guardian: { fr: 'Responsable, avec un compte', en: 'Guardian, with an account' },
  guardians: { fr: 'Responsables', en: 'Guardians' },
  contacts: { fr: 'Contacts', en: 'Contacts' },
  noPeople: { fr: 'Personne n’est encore nommé.', en: 'Nobody is named yet.' },
  path: { fr: 'Scolarité', en: 'School years' },
  year: { fr: 'Année', en: 'Year' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
  changeClass: { fr: 'Changer de classe', en: 'Change class' },
  fees: { fr: 'Frais et paiements', en: 'Fees and payments' },
  waive: { fr: 'Accorder une remise', en: 'Grant a waiver' },
  received: { fr: 'Paiements reçus', en: 'Payments received' },
  what: { fr: 'Paiement', en: 'Payment' },
  date: { fr: 'Date', en: 'Date' },
  amount: { fr: 'Montant', en: 'Amount' },
  receipt: { fr: 'Reçu', en: 'Receipt' },
  action: { fr: 'Action', en: 'Action' },
  reverse: { fr: 'Annuler', en: 'Reverse' },
  reversed: { fr: 'annulé', en: 'reversed' },
  ledger: { fr: 'Toutes les lignes', en: 'Every line' },
  end: { fr: 'Fin de l’inscription', en: 'End of the enrolment' },
  leave: { fr: 'Enregistrer un départ', en: 'Record a departure' },
  remove: { fr: 'Retirer (erreur de saisie)', en: 'Remove (mistake of entry)' },
  enrol: { fr: 'Inscrire un autre élève', en: 'Enrol another student' },
} satisfies Record<string, Localized>;

type Word = keyof typeof WORDS;

const link = (visit: Visit, path: string, word: Word, look = 'button quiet'): Html =>
  html`<a class="${look}" href="${visit.to(path)}">${visit.say(WORDS[word])}</a>`;

/** What is known, as a list of names and values; what is not known is left out. */
const facts = (visit: Visit, all: readonly (readonly [Word, Part])[]): Html =>
  html`<dl class="facts">${all.map(([word, value]) => value && html`<div><dt>${visit.say(WORDS[word])}</dt><dd>${value}</dd></div>`)}</dl>`;

function particulars(visit: Visit, student: Student): Html {
  const { id, birth_date, birth_place, left_on, left_reason } = student;
  const birth = [birth_date && day(birth_date, visit), birth_place].filter(Boolean).join(', ');
  const left = left_on && [day(left_on, visit), left_reason].filter(Boolean).join(' · ');
  return html`${facts(visit, [
    ['class', student.class_name],
    ['requested', student.requested_class],
    ['left', left],
    ['phone', student.phone],
    ['email', student.email],
    ['matricule', student.matricule],
    ['birth', birth],
    ['account', student.username],
  ])}<p class="actions">${link(visit, `/portal/students/${id}/edit`, 'edit')}</p>`;
}

function people(visit: Visit, { id, guardians, contacts }: Student): Html {
  const lines = [
    ...guardians.map((name) => ({ name, text: visit.say(WORDS.guardian) })),
    ...contacts.map(({ name, relation, phone, email }) => ({
      name,
      text: [relation, phone, email].filter(Boolean).join(' · '),
    })),
  ];
  const list = html`<ul class="lines">${lines.map(({ name, text }) => html`<li><strong>${name}</strong> <span class="quiet">${text}</span></li>`)}</ul>`;
  return html`${lines.length > 0 ? list : empty(visit.say(WORDS.noPeople))}
<p class="actions">${link(visit, `/portal/students/${id}/guardians`, 'guardians')} ${link(visit, `/portal/students/${id}/contacts`, 'contacts')}</p>`;
}

function years(visit: Visit, { id, enrolments, status }: Student): Html {
  const columns = (['year', 'class', 'from', 'to'] as const).map((name) => ({ name: visit.say(WORDS[name]) }));
  const rows = enrolments.map(({ year, class_name, from, to }) => [
    year,
    class_name,
    day(from, visit),
    to ? day(to, visit) : '–',
  ]);
  return html`${rows.length > 0 && table(visit.say(WORDS.path), columns, rows.reverse())}
${status === 'enrolled' && html`<p class="actions">${link(visit, `/portal/students/${id}/class`, 'changeClass')}</p>`}`;
}

function paymentsTable(visit: Visit, id: number, { payments }: Ledger): Html {
  const columns = [
    { name: visit.say(WORDS.what) },
    { name: visit.say(WORDS.date) },
    { name: visit.say(WORDS.amount), numeric: true },
    { name: visit.say(WORDS.receipt) },
    { name: visit.say(WORDS.action) },
  ];
  const rows = payments.toReversed().map((one) => {
    const path = `/portal/students/${id}/payments/${one.id}`;
    const what =
      [one.method && methodName(visit, one.method), one.reference].filter(Boolean).join(' · ') || visit.say(WORDS.what);
    return [
      what,
      day(one.at, visit),
      money(one.amount, one.currency, visit.language),
      html`<a href="${visit.to(`${path}/receipt`)}">${one.receipt ?? visit.say(WORDS.receipt)}</a>`,
      one.reversed
        ? visit.say(WORDS.reversed)
        : html`<a href="${visit.to(`${path}/reverse`)}">${visit.say(WORDS.reverse)}<span class="hidden">${visit.colon}${what}</span></a>`,
    ];
  });
  return html`<h3 class="above">${visit.say(WORDS.received)}</h3>${table(visit.say(WORDS.received), columns, rows)}`;
}

const feesPart = (visit: Visit, { id }: Student, ledger: Ledger): Html =>
  html`<div class="pair">${balanceCard(visit, ledger)}<div class="actions">${ledger.balance > 0 && link(visit, `/portal/students/${id}/waive`, 'waive')}</div></div>
${ledger.payments.length > 0 && paymentsTable(visit, id, ledger)}${datesOf(visit, ledger)}
<details><summary>${visit.say(WORDS.ledger)}</summary>${linesOf(visit, ledger)}</details>`;

function head(visit: Visit, student: Student, token: string): Html {
  const { id, name, class_name, status, notified } = student;
  const notify = html`<form method="post" action="${visit.to(`/portal/students/${id}/notify`)}">${tokenField(token)}<button class="quiet">${visit.say(notified ? WORDS.again : WORDS.notify)}</button></form>`;
  const where = [class_name, `${visit.say(WORDS.number)} ${id}`].filter(Boolean).join(' · ');
  return html`<p>${link(visit, '/portal/students', 'students', '')}</p>
<h1>${name}</h1><p class="lead">${where} ${stateBadge(visit, student)}</p>
<div class="actions">${status === 'pending' ? link(visit, `/portal/students/${id}/accept`, 'accept', 'button') : html`${link(visit, `/portal/students/${id}/pay`, 'pay', 'button')} ${notify} ${notified && link(visit, `/portal/students/${id}`, 'marks')}`}</div>`;
}

/** `/portal/students/{id}/record`: all that the office keeps of a student, and all that it does. */
export const recordPage = officePage('/portal/students/{id}/record', async (visit) => {
  const id = studentIdIn(visit);
  const [student, ledger, token] = await Promise.all([
    visit.api.get(`/students/${id}`, Student),
    attempt(visit.api.get(`/students/${id}/payments`, Ledger)),
    visit.formToken(),
  ]);
  const title = (word: Word) => visit.say(WORDS[word]);
  const isHere = student.status === 'enrolled';
  return {
    title: student.name,
    body: html`${head(visit, student, token)}
<div class="pair">${section('particulars', title('particulars'), particulars(visit, student))}${section('people', title('people'), people(visit, student))}</div>
${panel(visit, { id: 'fees', title: title('fees'), outcome: ledger }, (one) => feesPart(visit, student, one))}
${section('path', title('path'), years(visit, student))}
${section('end', title('end'), html`<p class="actions">${isHere && link(visit, `/portal/students/${id}/leave`, 'leave')} ${link(visit, `/portal/students/${id}/remove`, 'remove')} ${link(visit, '/portal/students/new', 'enrol')}</p>`)}`,
  };
});
