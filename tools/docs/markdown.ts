/** Pages by their path in the project. */
export type Pages = ReadonlyMap<string, string>;

/** The first line of a page that nobody edits by hand. */
export const MADE = '<!-- Made by `npm run docs` from the code. -->\n';

/** What parts a page that people begin from what is made of the code. */
export const BEGIN = '<!-- From here on made by `npm run docs` from the code. -->';

/** The same of a page that is made of what was packaged. */
export const MADE_OF_PACKAGES = '<!-- From here on made by `npm run docs:packaged` from the packaged templates. -->';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** A heading with what stands under it; nothing where that is empty. */
export const section = (heading: string, content: string): string => (content ? `## ${heading}\n\n${content}\n` : '');
