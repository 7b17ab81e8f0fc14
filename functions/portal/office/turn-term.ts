import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { numberFrom } from '../kit/amounts.ts';
import type { Control } from '../kit/form-controls.ts';
import { formPage, keyOf } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';
import { type Term, termIn, termOptions, termsOf } from './terms.ts';

const WORDS = {
  create: { fr: 'Créer une année ou une période', en: 'Create a year or a term' },
  createText: {
    fr: 'Les notes se donnent dans les périodes sans partie. Une année peut avoir des semestres, des trimestres, et chacun des parties.',
    en: 'Marks stand in terms without parts. A year may have semesters or trimesters, and each of them parts.',
  },
  year: { fr: 'Année scolaire', en: 'School year' },
  none: { fr: 'Aucune : c’est une année scolaire', en: 'None: it is a school year' },
  close: { fr: 'Fermer', en: 'Close' },
  closeText: {
    fr: 'Plus aucune note ne se donne ou ne change dans cette période ; membres, programmes et poids y sont figés. Les bulletins peuvent ensuite être publiés.',
    en: 'No mark is given or changed in this term any more; members, programmes and weights are fixed. Report cards can then be published.',
  },
  reopen: { fr: 'Rouvrir', en: 'Open again' },
  reopenText: {
    fr: 'La raison est gardée, avec votre nom. Les bulletins publiés gardent leurs chiffres jusqu’à une nouvelle version.',
    en: 'The reason is kept, with your name. Published report cards keep their figures until a new version.',
  },
} satisfies Record<string, Localized>;

const back = (visit: Visit) => ({ path: '/portal/year', text: visit.say(WORDS.year) });

/** `/portal/year/new`. */
export const newTermPage = formPage<Term[]>({
  path: '/portal/year/new',
  know: termsOf,
  title: (visit) => visit.say(WORDS.create),
  back,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.createText)}</p>`,
  groups: (visit, terms) => [
    {
      controls: [
        {
          name: 'name',
          label: { fr: 'Nom', en: 'Name' },
          hint: { fr: '2027-2028, Trimestre 1…', en: '2027-2028, Trimester 1…' },
          required: true,
          maxLength: 100,
          autocomplete: 'off',
        },
        {
          name: 'parent',
          label: { fr: 'Partie de', en: 'Part of' },
          as: 'choice',
          options: [
            { value: '', text: visit.say(WORDS.none) },
            ...termOptions(terms).filter(({ value }) => value !== 'default'),
          ],
        },
        { name: 'starts_on', label: { fr: 'Premier jour', en: 'First day' }, as: 'date', required: true },
        { name: 'ends_on', label: { fr: 'Dernier jour', en: 'Last day' }, as: 'date', required: true },
        {
          name: 'weight',
          label: { fr: 'Poids dans ce dont elle fait partie', en: 'Weight in what it is a part of' },
          hint: { fr: '1 si vous ne dites rien', en: '1 if you do not say' },
          inputMode: 'decimal',
          maxLength: 6,
        },
      ],
    },
  ],
  values: (visit) => ({ parent: visit.query.get('parent') ?? '' }),
  codes: { term_has_marks: 'parent', term_closed: 'parent', term_not_found: 'parent' },
  button: { fr: 'Créer', en: 'Create' },
  async send(visit) {
    const weight = numberFrom(visit, 'weight');
    const said = visit.form?.filled('name', 'parent', 'starts_on', 'ends_on');
    await visit.api.send('POST', '/terms', {
      body: { ...said, ...(weight !== undefined && { weight }) },
      key: keyOf(visit),
    });
    return { to: '/portal/year', news: 'term_created' };
  },
});

const CLASSES: Control = {
  name: 'class_names',
  label: { fr: 'Seulement pour ces classes', en: 'Only for these classes' },
  hint: { fr: 'Séparées par des virgules ; vide : toutes', en: 'Separated by commas; empty: all' },
  maxLength: 2000,
  autocomplete: 'off',
};

/** The classes that were named; none where all are meant. */
function classesIn(visit: Visit) {
  const names = visit
    .typed('class_names')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length > 0 ? { class_names: names } : {};
}

/** What closes a whole school's term may take a while. */
const PATIENCE_MS = 25_000;

/** `/portal/year/{term}/close`. */
export const closeTermPage = formPage<Term>({
  path: '/portal/year/{term}/close',
  know: termIn,
  title: (visit, { name }) => `${visit.say(WORDS.close)} ${name}`,
  back,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.closeText)}</p>`,
  groups: () => [{ controls: [CLASSES] }],
  codes: { class_not_found: 'class_names' },
  button: { fr: 'Fermer la période', en: 'Close the term' },
  danger: true,
  async send(visit, { id }) {
    const body = { open: false, ...classesIn(visit) };
    await visit.api.send('PATCH', `/terms/${id}`, { body, patience: PATIENCE_MS });
    return { to: '/portal/year', news: 'term_closed' };
  },
});

/** `/portal/year/{term}/reopen`. */
export const reopenTermPage = formPage<Term>({
  path: '/portal/year/{term}/reopen',
  know: termIn,
  title: (visit, { name }) => `${visit.say(WORDS.reopen)} ${name}`,
  back,
  above: (visit) => html`<p class="lead">${visit.say(WORDS.reopenText)}</p>`,
  groups: () => [
    {
      controls: [
        { name: 'reason', label: { fr: 'Raison', en: 'Reason' }, required: true, maxLength: 500, autocomplete: 'off' },
        CLASSES,
      ],
    },
  ],
  codes: { class_not_found: 'class_names' },
  button: { fr: 'Rouvrir la période', en: 'Open the term again' },
  async send(visit, { id }) {
    const body = { open: true, ...visit.form?.filled('reason'), ...classesIn(visit) };
    await visit.api.send('PATCH', `/terms/${id}`, { body, patience: PATIENCE_MS });
    return { to: '/portal/year', news: 'term_reopened' };
  },
});
