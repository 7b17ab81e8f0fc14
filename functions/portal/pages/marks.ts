import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, ifThere, type Outcome } from '../kit/api.ts';
import { childSwitcher, familyOf, nobody } from '../kit/children.ts';
import { page, withQuery } from '../kit/page.ts';
import { empty, panel } from '../kit/parts.ts';
import type { Visit } from '../kit/visit.ts';
import { Report, reportBody } from './report.ts';

const Terms = z.array(
  z.object({ id: z.string(), name: z.string(), starts_on: z.string(), parent: z.string().optional() }),
);
type Terms = z.output<typeof Terms>;

const WORDS = {
  title: { fr: 'Notes', en: 'Marks' },
  terms: { fr: 'Périodes', en: 'Terms' },
  none: { fr: 'Aucune note n’est encore saisie.', en: 'No mark is entered yet.' },
} satisfies Record<string, Localized>;

/** The terms that have begun, the latest first, as links; those of years long gone are few enough. */
function termLinks(visit: Visit, terms: Terms, current: string | undefined): Html | undefined {
  const begun = terms
    .filter(({ starts_on }) => starts_on <= visit.today)
    .toSorted((a, b) => b.starts_on.localeCompare(a.starts_on));
  if (begun.length < 2) return undefined;
  const link = ({ id, name }: Terms[number]) =>
    html`<li><a href="${visit.to(withQuery('/portal/marks', { term: id }))}"${id === current && html` aria-current="page"`}>${name}</a></li>`;
  return html`<nav aria-label="${visit.say(WORDS.terms)}"><ul class="tabs">${begun.map(link)}</ul></nav>`;
}

const isTerm = (text: string | null): text is string => /^[\w-]{1,64}$/.test(text ?? '');

/** The report of a student in the term that is asked for, else in the open one; none before the first mark is theirs to have. */
export const reportOf = (visit: Visit, studentId: number, term?: string): Promise<Outcome<Report | undefined>> =>
  attempt(ifThere(visit.api.get(withQuery(`/grades/${studentId}`, { term }), Report)));

/** What stands in its place. */
export const noMarks = (visit: Visit): Html => empty(visit.say(WORDS.none));

/** `/portal/marks`: how a student stands in a term. */
export const marksPage = page({
  path: '/portal/marks',
  async get(visit) {
    const asked = visit.query.get('term');
    const [family, terms] = await Promise.all([familyOf(visit), attempt(visit.api.get('/terms', Terms))]);
    const { child } = family;
    const title = visit.say(WORDS.title);
    if (!child) return { title, body: html`<h1>${title}</h1>${nobody(visit)}` };
    const outcome = await reportOf(visit, child.id, isTerm(asked) ? asked : undefined);
    const current = 'value' in outcome ? outcome.value?.term : undefined;
    const name = current ? `${child.name} · ${current.name}` : child.name;
    return {
      title: `${title} · ${child.name}`,
      body: html`<h1>${title}</h1>
${await childSwitcher(visit, family)}
${'value' in terms && termLinks(visit, terms.value, current?.id)}
${panel(visit, { id: 'report', title: name, outcome }, (report) =>
  report ? reportBody(visit, report) : noMarks(visit),
)}`,
    };
  },
});
