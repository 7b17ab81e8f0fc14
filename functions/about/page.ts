import type { Language } from '../../platform/base/language.ts';
import { type Html, html, textOf } from '../../platform/http/html.ts';

/** Only what this origin serves runs, styles or is called. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of a page of ours. */
export const pageHeaders = { 'Content-Security-Policy': POLICY, 'Cache-Control': 'public, max-age=300' };

interface Page {
  readonly language: Language;
  readonly title: string;
  /** The way from the page to the root of the API: addresses are relative, so that any stage may stand before them. */
  readonly base: '' | '../';
  readonly body: Html;
  readonly script?: string;
}

/** A whole page. */
export const htmlPage = ({ language, title, base, body, script }: Page): string =>
  textOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Campus</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}docs/style.css">
${script && html`<script src="${base}docs/${script}" defer></script>`}
</head>
<body>
${body}
</body>
</html>
`);
