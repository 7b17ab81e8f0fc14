import { raw } from 'hono/html';
import { type Html, html } from '../../platform/http/html.ts';

/** A line of Markdown with `code` and **strong** words in it, as HTML. */
export const inline = (text: string): Html =>
  raw(
    html`${text}`
      .toString()
      .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
      .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>'),
  );
