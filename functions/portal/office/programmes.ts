import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { type Control, controlRow } from '../kit/form-controls.ts';
import { formPage } from '../kit/form-page.ts';
import { empty } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { Classes } from '../pages/classes.ts';
import { programmePath } from './programme.ts';
import { type Term, termsOf, yearsAmong } from './terms.ts';

const WORDS = {
  title: { fr: 'Programmes des classes', en: 'Programmes of the classes' },
  open: { fr: 'Ouvrir', en: 'Open' },
  students: { fr: 'élèves', en: 'students' },
  none: {
    fr: 'Aucune classe n’est encore formée. Nommez-en une ci-dessus pour décrire son programme.',
    en: 'No class is formed yet. Name one above to describe its programme.',
  },
  copy: { fr: 'Copier un programme', en: 'Copy a programme' },
  text: {
    fr: 'Tout ce qui est décrit pour cette classe est remplacé par ce qui l’est pour l’autre.',
    en: 'All that is described for this class is replaced by what is described for the other.',
  },
} satisfies Record<string, Localized>;

const NAME: Control = {
  name: 'class',
  label: { fr: 'Une classe, même nouvelle', en: 'A class, also a new one' },
  maxLength: 100,
  autocomplete: 'off',
  bare: true,
};

/** `/portal/programme`: every class, and the way to the programme of a new one. */
export const programmesPage = officePage('/portal/programme', async (visit) => {
  const named = visit.query.get('class')?.trim();
  if (named) return { to: programmePath(named) };
  const { items } = await visit.api.list('/classes?limit=200', Classes);
  const title = visit.say(WORDS.title);
  const cards = items.map(
    ({ class_name, size }) =>
      html`<li class="card"><h2><a href="${visit.to(programmePath(class_name))}">${class_name}</a></h2><p class="quiet">${size} ${visit.say(WORDS.students)}</p></li>`,
  );
  return {
    title,
    body: html`<h1>${title}</h1><form class="search" action="${visit.to('/portal/programme')}">${controlRow(visit, NAME, '')}<button class="quiet">${visit.say(WORDS.open)}</button></form>
<div class="panel">${cards.length > 0 ? html`<ul class="cards">${cards}</ul>` : empty(visit.say(WORDS.none))}</div>`,
  };
});

interface Sources {
  readonly classes: readonly { readonly class_name: string }[];
  readonly years: readonly Term[];
}

async function sources(visit: Visit): Promise<Sources> {
  const [classes, terms] = await Promise.all([visit.api.get('/classes?limit=200', Classes), termsOf(visit)]);
  return { classes, years: yearsAmong(terms) };
}

/** `/portal/programme/{class}/copy`: as another class has it, or the same one in another year. */
export const copyPage = formPage<Sources>({
  path: '/portal/programme/{class}/copy',
  know: sources,
  title: (visit) => visit.say(WORDS.copy),
  back: ({ variables: { class: name = '' } }) => ({ path: programmePath(name), text: name }),
  above: (visit) => html`<p class="lead">${visit.say(WORDS.text)}</p>`,
  groups: (_, { classes, years }) => [
    {
      controls: [
        {
          name: 'class_name',
          label: { fr: 'De la classe', en: 'From the class' },
          required: true,
          maxLength: 100,
          autocomplete: 'off',
          options: classes.map(({ class_name }) => ({ value: class_name, text: class_name })),
        },
        {
          name: 'year',
          label: { fr: 'De l’année', en: 'From the year' },
          as: 'choice',
          required: true,
          options: years.map(({ id, name }) => ({ value: id, text: name })),
        },
      ],
    },
  ],
  codes: { class_not_found: 'class_name', term_not_found: 'year' },
  button: { fr: 'Copier', en: 'Copy' },
  async send(visit) {
    const name = visit.variables.class ?? '';
    const copy_from = { year: visit.typed('year'), class_name: visit.typed('class_name') };
    await visit.api.send('PUT', `/classes/${encodeURIComponent(name)}`, { body: { copy_from } });
    return { to: programmePath(name), news: 'copied' };
  },
});
