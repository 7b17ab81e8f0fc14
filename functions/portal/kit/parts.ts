import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { type Outcome, Refusal } from './api.ts';
import type { Visit } from './visit.ts';

const WORDS = {
  down: {
    fr: 'Ce service ne répond pas pour le moment ; le reste de la page est à jour.',
    en: 'This service does not answer at the moment; the rest of the page is up to date.',
  },
  again: { fr: 'Réessayer', en: 'Try again' },
  next: { fr: 'Suite', en: 'Next' },
  first: { fr: 'Début', en: 'First page' },
  pages: { fr: 'Suite de la liste', en: 'More of the list' },
} satisfies Record<string, Localized>;

/** A part of a page with a heading of its own. */
export const section = (id: string, title: string, body: Part): Html =>
  html`<section class="panel" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;

/** Where there is nothing yet: what will be here, and the one next step. */
export const empty = (text: string, next?: { readonly path: string; readonly text: string }): Html =>
  html`<p class="empty">${text}${next && html` <a href="${next.path}">${next.text}</a>`}</p>`;

/** A part that shows what a service gave. One that does not answer costs this part, and not the page. */
export function panel<T>(
  visit: Visit,
  { id, title, outcome }: { readonly id: string; readonly title: string; readonly outcome: Outcome<T> },
  show: (value: T) => Part,
): Html {
  if ('value' in outcome) return section(id, title, show(outcome.value));
  const { failure } = outcome;
  const text = failure instanceof Refusal ? failure.detail || failure.title : visit.say(WORDS.down);
  return section(
    id,
    title,
    html`<p class="down" role="status">${text} <a href="${visit.to(visit.path)}">${visit.say(WORDS.again)}</a></p>`,
  );
}

/** A column of a table: its heading, and whether it holds numbers. */
export interface Column {
  readonly name: string;
  readonly numeric?: boolean;
}

/**
 * A table that a narrow screen shows as cards, each cell under its heading again. The first cell heads its row.
 * @param rows cells in the order of the columns
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const kind = ({ numeric }: Column) => numeric && html` class="number"`;
  const cell = (part: Part, i: number) => {
    const column = columns[i] ?? { name: '' };
    return i === 0
      ? html`<th scope="row" role="rowheader"${kind(column)}>${part}</th>`
      : html`<td role="cell" data-name="${column.name}"${kind(column)}><span>${part}</span></td>`;
  };
  // The roles are those of the elements, which a browser forgets where the style makes cards of them.
  return html`<table role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th scope="col" role="columnheader"${kind(column)}>${column.name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${row.map(cell)}</tr>`)}</tbody></table>`;
}

/** The way to the next page of a list, where it has one. */
export function pager(visit: Visit, path: string, next: string | undefined): Html | undefined {
  const isFirst = !visit.query.has('cursor');
  if (!next && isFirst) return undefined;
  return html`<nav class="pager" aria-label="${visit.say(WORDS.pages)}">${!isFirst && html`<a href="${visit.to(path)}">${visit.say(WORDS.first)}</a>`}${next && html`<a rel="next" href="${visit.to(path)}?cursor=${next}">${visit.say(WORDS.next)}</a>`}</nav>`;
}
