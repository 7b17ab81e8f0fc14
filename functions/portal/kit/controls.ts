import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Refusal } from './api.ts';
import type { Visit } from './visit.ts';

/** A field of a form that is no line of text, or is one of a day or an hour. */
export interface Control {
  readonly name: string;
  readonly label: Localized;
  readonly hint?: Localized;
  readonly required?: boolean;
}

/** One of the values among which is chosen. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

const OPTIONAL: Localized = { fr: 'facultatif', en: 'optional' };

/** The label of a control with its hint and its error, and what the control says of itself in its tag. */
function framedControl(
  visit: Visit,
  { name, label, hint, required }: Control,
  refusal: Refusal | undefined,
  control: (attributes: Html) => Html,
): Html {
  const error = refusal?.errors.find(({ field }) => field === name);
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  const attributes = html`id="${name}" name="${name}"${required && html` required`}${ids && html` aria-describedby="${ids}"`}${error && html` aria-invalid="true"`}`;
  return html`<div class="field${error && ' wrong'}"><label for="${name}">${visit.say(label)}${!required && html` <small>(${visit.say(OPTIONAL)})</small>`}</label>
${hint && html`<p class="hint" id="${name}-hint">${visit.say(hint)}</p>`}
${error && html`<p class="error" id="${name}-error">${error.detail}</p>`}
${control(attributes)}</div>`;
}

/** One of several values. */
export const selectRow = (
  visit: Visit,
  control: Control & { readonly options: readonly Option[] },
  value: string,
  refusal?: Refusal,
): Html =>
  framedControl(
    visit,
    control,
    refusal,
    (attributes) =>
      html`<select ${attributes}>${control.options.map((one) => html`<option value="${one.value}"${one.value === value && html` selected`}>${one.text}</option>`)}</select>`,
  );

/** A day, or a day and an hour of it. */
export const whenRow = (
  visit: Visit,
  control: Control & { readonly type: 'date' | 'datetime-local' },
  value: string,
  refusal?: Refusal,
): Html =>
  framedControl(
    visit,
    control,
    refusal,
    (attributes) => html`<input type="${control.type}" ${attributes} value="${value}">`,
  );
