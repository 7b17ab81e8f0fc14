import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { FieldError, Refusal } from './api.ts';
import type { Visit } from './visit.ts';

/** A field of a form. Its name is the service's, so that what the service says of it stands beside it. */
export interface Field {
  readonly name: string;
  readonly label: Localized;
  readonly hint?: Localized;
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'number';
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly inputMode?: 'numeric' | 'decimal';
}

/** What is wrong with a form: a service's refusal, or what a page makes of it. */
export type Complaint = Pick<Refusal, 'errors' | 'detail' | 'title'>;

const WORDS = {
  problem: { fr: 'Il y a un problème', en: 'There is a problem' },
  optional: { fr: 'facultatif', en: 'optional' },
} satisfies Record<string, Localized>;

const attribute = (name: string, value: string | number | undefined): Html | false =>
  value !== undefined && html` ${name}="${value}"`;

const errorOf = (refusal: Complaint | undefined, name: string): FieldError | undefined =>
  refusal?.errors.find(({ field }) => field === name);

/** One field with its label, hint and error; what was typed stays, but for passwords. */
export function fieldRow(visit: Visit, field: Field, value: string, refusal?: Refusal): Html {
  const { name, label, hint, type = 'text', required = false } = field;
  const error = errorOf(refusal, name);
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="field${error && ' wrong'}">
<label for="${name}">${visit.say(label)}${!required && html` <small>(${visit.say(WORDS.optional)})</small>`}</label>
${hint && html`<p class="hint" id="${name}-hint">${visit.say(hint)}</p>`}
${error && html`<p class="error" id="${name}-error">${error.detail}</p>`}
<input id="${name}" name="${name}" type="${type}"${type !== 'password' && html` value="${value}"`}${attribute('autocomplete', field.autocomplete)}${attribute('minlength', field.minLength)}${attribute('maxlength', field.maxLength)}${attribute('inputmode', field.inputMode)}${required && html` required`}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}${type !== 'text' && html` autocapitalize="none" spellcheck="false"`}>
</div>`;
}

/** Why a form was not taken, above it: a link to each field concerned. It gets the focus by its id (`autofocus`). */
export function errorSummary(
  visit: Visit,
  refusal: Complaint | undefined,
  fields: readonly Pick<Field, 'name' | 'label'>[] = [],
): Html | undefined {
  if (!refusal) return undefined;
  const shown = refusal.errors.filter(({ field }) => fields.some(({ name }) => name === field));
  const others = shown.length > 0 ? [] : [refusal.detail || refusal.title];
  const labelOf = (name: string) => fields.find((field) => field.name === name)?.label ?? { fr: name, en: name };
  return html`<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>${visit.say(WORDS.problem)}</h2>
<ul>${shown.map(({ field, detail }) => html`<li><a href="#${field}">${visit.say(labelOf(field))}</a>${visit.colon}${detail}</li>`)}${others.map((text) => html`<li>${text}</li>`)}</ul>
</div>`;
}

/** All fields of a form. */
export const fieldRows = (
  visit: Visit,
  fields: readonly Field[],
  values: (name: string) => string,
  refusal?: Refusal,
): Html[] => fields.map((field) => fieldRow(visit, field, values(field.name), refusal));
