import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Visit } from '../kit/visit.ts';

const PDF = { fr: 'Télécharger en PDF', en: 'Download as PDF' } satisfies Localized;

/** The way to a file that a browser saves. @param of what it is of, for whoever hears the link alone */
const fileLink = (visit: Visit, path: string, name: string, of?: string): Html =>
  html`<a class="button quiet" href="${visit.to(path)}">${name}${of && html`<span class="hidden">${visit.colon}${of}</span>`}</a>`;

/** The way to a PDF. */
export const pdfLink = (visit: Visit, path: string, of?: string): Html => fileLink(visit, path, visit.say(PDF), of);

/** The way to a PDF among several on one page, by its name. */
export const namedPdfLink = (visit: Visit, path: string, name: string): Html => fileLink(visit, path, `${name} (PDF)`);

/** The way to a PDF in the row of a table, or beside a link to the same as a page. */
export const shortPdfLink = (visit: Visit, path: string, of: string): Html =>
  html`<a href="${visit.to(path)}">PDF<span class="hidden">${visit.colon}${of}</span></a>`;
