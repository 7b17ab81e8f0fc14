import { newId } from '../../../platform/base/ids.ts';
import type { Localized } from '../../../platform/base/language.ts';
import type { Role } from '../../../platform/http/access.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { attempt, Refusal } from './api.ts';
import { type Complaint, errorSummary } from './fields.ts';
import { type Control, type Group, groupRow, placed } from './form-controls.ts';
import { isSent } from './form-rows.ts';
import { tokenField } from './frame.ts';
import { type Move, type Page, page, type Reply, type Screen } from './page.ts';
import { only } from './roles.ts';
import type { Visit } from './visit.ts';

/** A link to where somebody came from. */
export interface Way {
  readonly path: string;
  readonly text: string;
}

/** A page that is one form: what it has to know, what it asks, what becomes of the answers. */
export interface FormPage<T> {
  readonly path: string;
  /** Whose page it is: the school office's unless said. */
  readonly roles?: readonly Role[];
  /** What the form is about, all of it at once. */
  readonly know: (visit: Visit) => Promise<T>;
  readonly title: (visit: Visit, known: T) => string;
  /** Where it leads back to. */
  readonly back: (visit: Visit, known: T) => Way;
  /** What stands above the form. */
  readonly above?: (visit: Visit, known: T) => Part;
  readonly groups?: (visit: Visit, known: T) => readonly Group[];
  /** What stands in the controls at first; of those in rows, always. */
  readonly values?: (visit: Visit, known: T) => Readonly<Record<string, string>>;
  /** The tag of what is changed. */
  readonly tag?: (known: T) => string | undefined;
  /** Problems of the service that are about one control, by their codes. */
  readonly codes?: Readonly<Record<string, string>>;
  readonly button: Localized;
  readonly danger?: boolean;
  readonly wide?: boolean;
  /** Shows what would be done, to be confirmed; without it the form is sent at once. */
  readonly check?: (visit: Visit, known: T) => Part | Promise<Part>;
  readonly send: (visit: Visit, known: T) => Promise<Move>;
}

const WORDS = {
  cancel: { fr: 'Annuler', en: 'Cancel' },
  continue: { fr: 'Continuer', en: 'Continue' },
  change: { fr: 'Modifier', en: 'Change' },
  check: { fr: 'Vérifiez avant de confirmer', en: 'Check before you confirm' },
  now: { fr: 'Entre-temps, quelqu’un a enregistré', en: 'Meanwhile somebody has stored' },
  nothing: { fr: '(rien)', en: '(nothing)' },
} satisfies Record<string, Localized>;

/** The key by which a form that is sent twice does its work once. */
export const keyOf = (visit: Visit): string => /^[\w-]{8,64}$/.exec(visit.typed('key'))?.[0] ?? newId();

/** The tag of what a form was made of, for a change that must not undo a colleague's. */
export const tagOf = (visit: Visit): string | undefined => visit.typed('tag') || undefined;

const STALE = 412;

/** What somebody else has stored since, at each control in which something else was typed. */
function conflicts(visit: Visit, controls: readonly Control[], stored: Readonly<Record<string, string>>) {
  const other = controls.filter(({ name }) => !name.includes('.') && (stored[name] ?? '') !== visit.typed(name));
  return other.map(({ name }) => ({
    field: name,
    code: 'stale',
    detail: visit.say(WORDS.now) + visit.colon + (stored[name] || visit.say(WORDS.nothing)),
  }));
}

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

interface Shown {
  readonly refusal?: Refusal;
  /** Whether what was typed is only shown once more, to be confirmed. */
  readonly checking?: boolean;
}

/** A form as it is shown: what is in its controls, and what is wrong with them. */
interface Filled {
  readonly groups: readonly Group[];
  readonly controls: readonly Control[];
  readonly value: (name: string) => string;
  readonly complaint: Complaint | undefined;
}

function filledIn<T>(form: FormPage<T>, visit: Visit, known: T, refusal: Refusal | undefined): Filled {
  const groups = form.groups?.(visit, known) ?? [];
  const controls = groups.flatMap((group) => group.controls);
  const stored = form.values?.(visit, known) ?? {};
  const complaint = refusal && {
    ...placed(refusal, controls, form.codes),
    ...(refusal.status === STALE && { errors: conflicts(visit, controls, stored) }),
  };
  const value = (name: string) => (isSent(visit) && !name.includes('.') ? visit.typed(name) : (stored[name] ?? ''));
  return { groups, controls, value, complaint };
}

const buttonOf = <T>({ danger, button, check }: FormPage<T>, visit: Visit): Html =>
  html`<button${danger && html` class="danger"`}>${visit.say(check ? WORDS.continue : button)}</button>`;

/** What is asked. */
function asked<T>(form: FormPage<T>, visit: Visit, { groups, value, complaint }: Filled, back: Way): Html {
  return html`${groups.map((group) => groupRow(visit, group, value, complaint))}
<div class="actions">${buttonOf(form, visit)} <a class="button quiet" href="${visit.to(back.path)}">${visit.say(WORDS.cancel)}</a></div>`;
}

/** What would be done, with everything that was typed kept unseen. */
async function confirming<T>(form: FormPage<T>, visit: Visit, known: T, { controls, value }: Filled): Promise<Html> {
  const kept = controls.map(({ name }) => value(name) && hidden(name, value(name)));
  return html`${kept}${await form.check?.(visit, known)}
<div class="actions"><button name="step" value="done"${form.danger && html` class="danger"`}>${visit.say(form.button)}</button> <button class="quiet" name="step" value="change">${visit.say(WORDS.change)}</button></div>`;
}

async function screen<T>(form: FormPage<T>, visit: Visit, known: T, { refusal, checking }: Shown): Promise<Screen> {
  const filled = filledIn(form, visit, known, refusal);
  const { controls, complaint } = filled;
  const tag = form.tag?.(known);
  const title = form.title(visit, known);
  const back = form.back(visit, known);
  const key = isSent(visit) && !refusal ? keyOf(visit) : newId();
  const marks = html`${tokenField(await visit.formToken())}${hidden('key', key)}${tag !== undefined && hidden('tag', checking ? visit.typed('tag') : tag)}`;
  const part = checking ? await confirming(form, visit, known, filled) : asked(form, visit, filled, back);
  return {
    title,
    status: refusal?.status ?? 200,
    retryAfter: refusal?.retryAfter,
    body: html`<div class="${form.wide ? 'wide' : 'narrow'}"><p><a href="${visit.to(back.path)}">${back.text}</a></p>
<h1>${checking ? visit.say(WORDS.check) : title}</h1>${errorSummary(visit, complaint, controls)}${!checking && form.above?.(visit, known)}
<form class="stack" method="post" action="${visit.to(visit.path)}">${marks}${part}</form></div>`,
  };
}

async function taken<T>(form: FormPage<T>, visit: Visit): Promise<Reply> {
  const known = await form.know(visit);
  const step = visit.typed('step');
  if (step === 'change') return screen(form, visit, known, {});
  const work = form.check && step !== 'done' ? attempt(checked(form, visit, known)) : attempt(form.send(visit, known));
  const outcome = await work;
  if ('value' in outcome) return outcome.value;
  if (outcome.failure instanceof Refusal) return screen(form, visit, known, { refusal: outcome.failure });
  throw outcome.failure;
}

/** What would be done; what of it can be refused already is. */
const checked = async <T>(form: FormPage<T>, visit: Visit, known: T): Promise<Screen> =>
  screen(form, visit, known, { checking: true });

/** Declares a page that is a form. What is refused stands beside its control, with everything that was typed. */
export function formPage<T>(form: FormPage<T>): Page {
  return page({
    path: form.path,
    get: only(form.roles, async (visit) => screen(form, visit, await form.know(visit), {})),
    post: only(form.roles, (visit) => taken(form, visit)),
  });
}
