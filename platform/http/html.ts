import { html as template } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** HTML that needs no more escaping. */
export type Html = HtmlEscapedString;

/** What may be put into a template: text is escaped, HTML is not, a list is put one after another, nothing is nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * A template of HTML that escapes by itself what is put into it. The types are narrower than the library's: no object
 * that would be written as `[object Object]`, and no promise that would make a promise of the page.
 */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  template(texts, ...parts) as HtmlEscapedString;

/** A page as it is sent. */
export const textOf = (page: Html): string => page.toString();
