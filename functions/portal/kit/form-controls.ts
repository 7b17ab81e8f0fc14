import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { FieldError } from './api.ts';
import type { Complaint, Field } from './fields.ts';
import type { Visit } from './visit.ts';

/** One of the values that a control offers. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

/**
 * What somebody fills in: a field of any kind. `lines` is text of several lines, `choice` one of its options, `tick` a box
 * whose value is `yes`; the options of any other kind are proposed, and something else may be typed.
 */
export interface Control extends Omit<Field, 'type'> {
  /** Of a search, where nothing has to be filled in and nothing says so. */
  readonly bare?: boolean;
  readonly as?: 'text' | 'email' | 'tel' | 'password' | 'number' | 'date' | 'search' | 'lines' | 'choice' | 'tick';
  readonly options?: readonly Option[];
  /** Unlike its name, where a page has two of it. */
  readonly id?: string;
}

/** Controls that belong together. */
export interface Group {
  readonly legend?: string;
  readonly controls: readonly Control[];
  /** One beside the other: a row among others like it. */
  readonly row?: boolean;
  /** Folded away unless something in it is wrong. */
  readonly folded?: boolean;
}

const OPTIONAL: Localized = { fr: 'facultatif', en: 'optional' };

const attribute = (name: string, value: string | number | undefined): Html | false =>
  value !== undefined && html` ${name}="${value}"`;

const idOf = ({ name, id }: Control): string => id ?? name.replaceAll('.', '-');

const isText = ({ as = 'text' }: Control): boolean => as === 'text' || as === 'search' || as === 'lines';

function common(control: Control, error: FieldError | undefined): Html {
  const { name, hint, required, bare } = control;
  const id = idOf(control);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`id="${id}" name="${name}"${required && !bare && html` required`}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}${attribute('maxlength', control.maxLength)}${attribute('minlength', control.minLength)}${attribute('autocomplete', control.autocomplete)}${attribute('inputmode', control.inputMode)}${!isText(control) && html` autocapitalize="none" spellcheck="false"`}`;
}

const optionTag = ({ value, text }: Option, chosen?: string): Html =>
  html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`;

function element(control: Control, value: string, error: FieldError | undefined): Html {
  const { as = 'text', options = [] } = control;
  const attributes = common(control, error);
  if (as === 'lines') return html`<textarea rows="3" ${attributes}>${value}</textarea>`;
  if (as === 'choice') return html`<select ${attributes}>${options.map((option) => optionTag(option, value))}</select>`;
  const list = `${idOf(control)}-list`;
  const proposed = options.length > 0;
  return html`<input type="${as}" ${attributes}${as !== 'password' && html` value="${value}"`}${proposed && html` list="${list}"`}>${proposed && html`<datalist id="${list}">${options.map((option) => optionTag(option))}</datalist>`}`;
}

/** One control with its label, hint and error; what was typed stays, but for passwords. */
export function controlRow(visit: Visit, control: Control, value: string, complaint?: Complaint): Html {
  const { name, label, hint, as, required, bare } = control;
  const id = idOf(control);
  const error = complaint?.errors.find(({ field }) => field === name);
  const said = html`${hint && html`<p class="hint" id="${id}-hint">${visit.say(hint)}</p>`}${error && html`<p class="error" id="${id}-error">${error.detail}</p>`}`;
  if (as === 'tick')
    return html`<div class="field check${error && ' wrong'}"><input type="checkbox" ${common(control, error)} value="yes"${value === 'yes' && html` checked`}> <label for="${id}">${visit.say(label)}</label>${said}</div>`;
  return html`<div class="field${error && ' wrong'}"><label for="${id}">${visit.say(label)}${!required && !bare && html` <small>(${visit.say(OPTIONAL)})</small>`}</label>
${said}
${element(control, value, error)}</div>`;
}

/** Controls under their heading. */
export function groupRow(
  visit: Visit,
  { legend, controls, row, folded }: Group,
  value: (name: string) => string,
  complaint?: Complaint,
): Html {
  const rows = controls.map((control) => controlRow(visit, control, value(control.name), complaint));
  if (folded) {
    const open = controls.some(({ name }) => complaint?.errors.some(({ field }) => field === name) || value(name));
    return html`<details class="fold"${open && html` open`}><summary>${legend}</summary><div class="stack">${rows}</div></details>`;
  }
  if (!legend) return html`${rows}`;
  return html`<fieldset${row && html` class="row"`}><legend>${legend}</legend>${rows}</fieldset>`;
}

/** Whether what stands at a path of what was sent is what a control holds: itself, a part of it, or the row it is in. */
const isAbout = (path: string, name: string): boolean =>
  name === path ||
  path.startsWith(`${name}.`) ||
  name.startsWith(`${path}.`) ||
  path.endsWith(`.${name}`) ||
  `${name}.`.includes(`.${path}.`);

/** What a service says is wrong, each at the control that it is about; what is about none is said as a whole. */
export function placed(
  { errors, detail, title, code }: Complaint & { readonly code: string },
  controls: readonly Control[],
  codes: Readonly<Record<string, string>> = {},
): Complaint {
  const at = codes[code];
  if (at !== undefined && errors.length === 0)
    return { title, detail, errors: [{ field: at, detail: detail || title, code }] };
  const found = errors.map((error) => {
    const path = (error.pointer ?? '').replace(/^#\//, '').replaceAll('/', '.');
    return { ...error, field: controls.find(({ name }) => isAbout(path, name))?.name ?? '' };
  });
  const others = found.filter(({ field }) => field === '').map((error) => error.detail);
  return { title, detail: others.length > 0 ? others.join(' ') : detail, errors: found };
}
