import { type Html, html } from '../../platform/http/html.ts';
import {
  description,
  nameOf,
  operations,
  type Parameter,
  resolve,
  type Schema,
  type Shown,
  type Tag,
} from './description.ts';
import { inline } from './html.ts';
import { htmlPage } from './page.ts';

const paragraphs = (text: string): Html[] => text.split('\n\n').map((one) => html`<p>${inline(one)}</p>`);

/** A schema's type in a few words: `text (date)`, `list of Line`, `pending or paid`. */
function typeWords(schema: Schema): string {
  const named = nameOf(schema);
  if (named) return named;
  const { type, format, enum: values, items, anyOf, oneOf } = schema;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  const options = anyOf ?? oneOf;
  if (options) return options.map(typeWords).join(' or ');
  if (items) return `list of ${typeWords(items)}`;
  const words = [type].flat().filter(Boolean).join(' or ') || 'anything';
  return format ? `${words} (${format})` : words;
}

/** The bounds of a value. */
function limitsOf({ minimum, maximum, minLength, maxLength, default: otherwise }: Schema): string {
  const bounds = [
    minimum !== undefined && `from ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `to ${maximum}`,
    minLength && `${minLength} characters at least`,
    maxLength && `${maxLength} at most`,
    otherwise !== undefined && `${JSON.stringify(otherwise)} unless given`,
  ];
  return bounds.filter(Boolean).join(', ');
}

function fieldRow(name: string, schema: Schema, required: boolean, description?: string): Html {
  const said = [description ?? schema.description, limitsOf(schema)].filter(Boolean).join('; ');
  return html`<tr><th scope="row"><code>${name}</code>${required && html` <small>required</small>`}</th><td>${typeWords(schema)}</td><td>${inline(said)}</td></tr>`;
}

function fieldsTable(caption: string, rows: readonly Html[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** The fields of an object, or of the objects in a list. */
function fieldsOf(schema: Schema): Html[] {
  const { properties, required = [], items, allOf, anyOf, oneOf } = resolve(schema);
  if (items) return fieldsOf(items);
  const parts = allOf ?? anyOf ?? oneOf;
  if (parts) return parts.flatMap(fieldsOf);
  return Object.entries(properties ?? {}).map(([name, one]) => fieldRow(name, one, required.includes(name)));
}

const exampleOf = ({ example, schema }: Parameter): unknown => example ?? schema.examples?.[0];

function parameterInput(id: string, parameter: Parameter): Html {
  const { name, in: place, required, schema } = parameter;
  const value = place === 'path' ? exampleOf(parameter) : undefined;
  const hint = place === 'query' ? (exampleOf(parameter) ?? schema.enum?.join(' | ') ?? schema.default) : undefined;
  return html`<p><label for="${id}-${name}">${name}${required && html` <small>required</small>`}</label>
<input id="${id}-${name}" name="${name}" data-in="${place}" value="${value === undefined ? '' : String(value)}" placeholder="${hint === undefined ? '' : String(hint)}"></p>`;
}

/** A form that sends the operation: a script of ours does, so without one there is none to see. */
function tryForm(one: Shown, parameters: readonly Parameter[]): Html {
  const id = one.operationId;
  const body = one.requestBody?.content['application/json'];
  const shown = body && JSON.stringify(body.example ?? {}, null, 2);
  return html`<form class="try" data-method="${one.method}" data-path="${one.path}" hidden>
${parameters.map((parameter) => parameterInput(id, parameter))}
${shown !== undefined && html`<p><label for="${id}-body">Body (JSON)</label><textarea id="${id}-body" name="body" rows="${Math.min(shown.split('\n').length + 1, 16)}" spellcheck="false">${shown}</textarea></p>`}
<p><button type="submit">Send ${one.method} ${one.path}</button></p>
<div class="answer" role="status"></div>
</form>`;
}

function responsesOf({ responses }: Shown): Html[] {
  return Object.entries(responses).map(([status, reference]) => {
    const { description, content, 'x-problem-codes': codes } = resolve(reference);
    const links = codes?.map((code, i) => html`${i > 0 && ', '}<a href="problems/${code}"><code>${code}</code></a>`);
    const types = Object.keys(content ?? {}).join(', ');
    return html`<li><strong>${status}</strong> ${links ?? html`${description}${types && html` <small>${types}</small>`}`}</li>`;
  });
}

/** What a success holds, and how it looks. */
function successOf({ operationId, responses }: Shown): Html | undefined {
  const [status, reference] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
  const media = reference && resolve(reference).content?.['application/json'];
  if (!media?.schema) return undefined;
  const example = media.example === undefined ? undefined : JSON.stringify(media.example, null, 2);
  return html`${fieldsTable(`Fields of the answer ${status} of ${operationId}`, fieldsOf(media.schema))}
${example !== undefined && html`<pre tabindex="0" role="region" aria-label="Example of the answer of ${operationId}">${example}</pre>`}`;
}

function operationHtml(one: Shown): Html {
  const parameters = (one.parameters ?? []).map(resolve).filter(({ in: place }) => place !== 'header');
  const body = one.requestBody?.content['application/json']?.schema;
  const rows = parameters.map(({ name, schema, required, description, in: place }) =>
    fieldRow(name, schema, required ?? false, [description, `in the ${place}`].filter(Boolean).join('; ')),
  );
  return html`<details class="operation" id="${one.operationId}" data-words="${[one.method, one.path, one.summary, one.operationId, ...one.tags].join(' ').toLowerCase()}">
<summary><span class="method ${one.method.toLowerCase()}">${one.method}</span> <code>${one.path}</code> <span>${one.summary}</span></summary>
<div class="inside">
${paragraphs(one.description)}
${tryForm(one, parameters)}
${fieldsTable(`Parameters of ${one.operationId}`, rows)}
${body && fieldsTable(`Fields of the body of ${one.operationId}`, fieldsOf(body))}
<h3>Answers</h3>
<ul class="answers">${responsesOf(one)}</ul>
${successOf(one)}
</div>
</details>`;
}

const contextHtml = (
  { name, description: said }: Tag,
  shown: readonly Shown[],
): Html => html`<section aria-labelledby="context-${name}">
<h2 id="context-${name}">${name}</h2>
<p>${inline(said)}</p>
${shown.filter(({ tags }) => tags.includes(name)).map(operationHtml)}
</section>`;

/** An account to sign in with at once. */
export type DemoAccount = readonly [username: string, password: string];

/** The form that gets a token, which the script keeps for the tab. */
const signIn = (demo: readonly DemoAccount[]): Html => html`<form id="sign-in" hidden>
${
  demo.length > 0 &&
  html`<p><label for="demo">Demo account</label>
<select id="demo" name="demo"><option value="">other</option>${demo.map(([username, password]) => html`<option value="${username}" data-password="${password}">${username}</option>`)}</select></p>`
}
<p><label for="username">Username</label><input id="username" name="username" autocomplete="username" required></p>
<p><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button type="submit">Sign in</button> <button type="button" id="sign-out" hidden>Sign out</button></p>
<p id="signed-in" role="status">Not signed in.</p>
</form>`;

/** The page that describes every operation and lets one try it. */
export function docsPage(demo: readonly DemoAccount[]): string {
  const { info, tags } = description();
  const shown = operations();
  return htmlPage({
    language: 'en',
    title: 'API',
    base: '',
    script: 'try.js',
    body: html`<header>
<h1>${info.title} <small>${info.version}</small></h1>
<p>${info.summary}</p>
<p>${inline(info.description)} The same for programs: <a href="openapi.json">openapi.json</a>.</p>
</header>
<nav aria-label="Contexts"><ul>${tags.map(({ name }) => html`<li><a href="#context-${name}">${name}</a></li>`)}</ul></nav>
<div class="tools" role="search" aria-label="Sign in and find">
${signIn(demo)}
<form id="find" hidden><p><label for="words">Find an operation</label><input id="words" type="search" placeholder="marks, POST, /students …"></p>
<p id="found" role="status"></p></form>
</div>
<main>
<noscript><p>Everything can be read without JavaScript; trying it from here needs it.</p></noscript>
${tags.map((one) => contextHtml(one, shown))}
</main>`,
  });
}
