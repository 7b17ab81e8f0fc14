import * as z from 'zod';
import { newId } from '../../../platform/base/ids.ts';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { asked, asking, type Question } from '../kit/confirm.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen } from '../kit/page.ts';
import type { Visit } from '../kit/visit.ts';
import { typedNumber } from '../kit/write.ts';
import { zoneTyped } from '../kit/zone.ts';
import { assessmentFields, differing, ShownAssessment, typedAssessment, type Values, valuesOf } from './assessment.ts';
import { Results } from './results.ts';
import { Class, classOf, classPath, leavesOf, Terms, termShown } from './teaching.ts';

const WORDS = {
  create: { fr: 'Créer une évaluation', en: 'Create an assessment' },
  change: { fr: 'Modifier l’évaluation', en: 'Edit the assessment' },
  save: { fr: 'Enregistrer', en: 'Save' },
  back: { fr: 'Annuler', en: 'Cancel' },
  remove: { fr: 'Supprimer l’évaluation', en: 'Delete the assessment' },
  alone: { fr: 'Personne n’y a encore de note.', en: 'Nobody has a mark in it yet.' },
  withOne: {
    fr: 'La note d’un élève sera supprimée avec elle.',
    en: 'The mark of one student will be deleted with it.',
  },
  with: {
    fr: 'élèves y ont une note : toutes seront supprimées avec elle.',
    en: 'students have a mark in it: all will be deleted with it.',
  },
} satisfies Record<string, Localized>;

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The id of an assessment in the address, as it may be put into a path. */
export const assessmentId = ({ variables }: Visit): string =>
  ID.test(variables.id ?? '') ? (variables.id ?? '') : 'none';

/** What was typed into the form, and by which clocks. */
function typedIn(visit: Visit): { typed: Record<string, unknown>; zone: string } {
  const zone = zoneTyped(visit);
  return { typed: typedAssessment((name) => visit.typed(name), zone), zone };
}

/** The zone of a form: where it is shown once more, the one in which it was filled in. */
const zoneFor = (visit: Visit, refusal: Refusal | undefined): string => (refusal ? zoneTyped(visit) : visit.zone);

async function newScreen(visit: Visit, refusal?: Refusal): Promise<Screen> {
  const [one, terms, zone] = await Promise.all([
    visit.api.get(`/classes/${classOf(visit)}`, Class),
    visit.api.get('/terms', Terms),
    zoneFor(visit, refusal),
  ]);
  const defaults: Record<string, string> = {
    ...{ out_of: String(one.scale), coefficient: '1', counts: 'always', subject: visit.query.get('subject') ?? '' },
    ...{ term: termShown(visit, terms)?.id ?? '', key: newId() },
  };
  const value: Values = (name) => (refusal ? visit.typed(name) : (defaults[name] ?? ''));
  const open = leavesOf(visit, terms).filter(({ state }) => state !== 'closed');
  const title = visit.say(WORDS.create);
  return {
    title: `${title} · ${one.class_name}`,
    status: refusal?.status ?? 200,
    body: html`<div class="form"><p><a href="${visit.to(classPath(one.class_name, '/assessments'))}">${one.class_name}</a></p><h1>${title}</h1>
<form class="stack" method="post" action="${visit.to(visit.path)}">${tokenField(await visit.formToken())}<input type="hidden" name="key" value="${value('key')}">
${assessmentFields(visit, { one, terms: open, isNew: true, zone }, value, refusal)}
<p class="actions"><button>${title}</button> <a class="button quiet" href="${visit.to(classPath(one.class_name, '/assessments'))}">${visit.say(WORDS.back)}</a></p></form></div>`,
  };
}

async function create(visit: Visit): Promise<Reply> {
  const { typed } = typedIn(visit);
  const given = Object.entries(typed).filter(([, value]) => value !== null);
  const body = {
    ...{ ...Object.fromEntries(given), class_name: visit.variables.class },
    ...visit.form?.filled('subject', 'term'),
  };
  const outcome = await attempt(visit.api.send('POST', '/assessments', { body, key: visit.typed('key') || newId() }));
  if ('value' in outcome) {
    const { id, class_name } = z.object({ id: z.string(), class_name: z.string() }).parse(outcome.value);
    return { to: classPath(class_name, `/assessments/${id}`), news: 'assessment_made' };
  }
  if (outcome.failure instanceof Refusal && outcome.failure.status !== 404) return newScreen(visit, outcome.failure);
  throw outcome.failure;
}

/** `/portal/classes/{class}/assessments/new`. */
export const newAssessmentPage = page({
  path: '/portal/classes/{class}/assessments/new',
  get: (visit) => newScreen(visit),
  post: create,
});

const removal = (
  visit: Visit,
  { id, title, class_name }: ShownAssessment,
  results: z.output<typeof Results>,
): Question => {
  const marked = results.filter(({ score, status }) => score !== undefined || status !== undefined).length;
  const path = classPath(class_name, `/assessments/${id}`);
  const what =
    marked > 1 ? `${marked} ${visit.say(WORDS.with)}` : visit.say(marked === 1 ? WORDS.withOne : WORDS.alone);
  return {
    ...{ id: 'remove', path: `${path}/delete`, title: visit.say(WORDS.remove), verb: visit.say(WORDS.remove) },
    ...{ text: html`<strong>${title}</strong>. ${what}`, back: `${path}/edit` },
    fields: marked > 0 ? { with_results: 'true' } : {},
  };
};

const read = (visit: Visit) =>
  Promise.all([
    visit.api.get(`/classes/${classOf(visit)}`, Class),
    visit.api.get(`/assessments/${assessmentId(visit)}`, ShownAssessment),
    visit.api.get(`/assessments/${assessmentId(visit)}/results?limit=200`, Results),
  ]);

async function editScreen(visit: Visit, refusal?: Refusal): Promise<Screen> {
  const [[one, assessment, results], zone] = await Promise.all([read(visit), zoneFor(visit, refusal)]);
  const standing = valuesOf(assessment, zone, (value) => typedNumber(value, visit.language));
  const value: Values = (name) => (refusal ? visit.typed(name) : standing(name));
  const path = classPath(one.class_name, `/assessments/${assessment.id}`);
  const title = visit.say(WORDS.change);
  return {
    title: `${title} · ${assessment.title}`,
    status: refusal?.status ?? 200,
    body: html`<div class="form"><p><a href="${visit.to(path)}">${assessment.title}</a></p><h1>${title}</h1>
<form class="stack" method="post" action="${visit.to(visit.path)}">${tokenField(await visit.formToken())}
${assessmentFields(visit, { one, terms: [], isNew: false, zone }, value, refusal)}
<p class="actions"><button>${visit.say(WORDS.save)}</button> <a class="button quiet" href="${visit.to(path)}">${visit.say(WORDS.back)}</a></p></form>
${await asking(visit, removal(visit, assessment, results))}</div>`,
  };
}

async function change(visit: Visit): Promise<Reply> {
  const path = `/assessments/${assessmentId(visit)}`;
  const [before, { typed, zone }] = await Promise.all([visit.api.get(path, ShownAssessment), typedIn(visit)]);
  const body = differing(typed, before, zone);
  const outcome = await attempt(visit.api.send('PATCH', path, { body }));
  if ('value' in outcome) return { to: classPath(before.class_name, path), news: 'assessment_saved' };
  if (outcome.failure instanceof Refusal && outcome.failure.status !== 404) return editScreen(visit, outcome.failure);
  throw outcome.failure;
}

/** `/portal/classes/{class}/assessments/{id}/edit`. */
export const editAssessmentPage = page({
  path: '/portal/classes/{class}/assessments/{id}/edit',
  get: (visit) => editScreen(visit),
  post: change,
});

async function deleteScreen(visit: Visit, status = 200): Promise<Screen> {
  const [, assessment, results] = await read(visit);
  const question = removal(visit, assessment, results);
  return { status, title: question.title, body: await asked(visit, question) };
}

/** `/portal/classes/{class}/assessments/{id}/delete`: asks, and does it. */
export const deleteAssessmentPage = page({
  path: '/portal/classes/{class}/assessments/{id}/delete',
  get: (visit) => deleteScreen(visit),
  async post(visit) {
    const query = visit.typed('with_results') === 'true' ? '?with_results=true' : '';
    const outcome = await attempt(visit.api.send('DELETE', `/assessments/${assessmentId(visit)}${query}`));
    if ('value' in outcome)
      return { to: classPath(visit.variables.class ?? '', '/assessments'), news: 'assessment_deleted' };
    // Somebody entered a mark meanwhile: it is asked anew, with what there is now.
    if (outcome.failure instanceof Refusal && outcome.failure.code === 'assessment_has_results')
      return deleteScreen(visit, 409);
    throw outcome.failure;
  },
});
