import * as z from 'zod';
import type { Localized } from '../../platform/base/language.ts';
import { problem } from '../../platform/base/problems.ts';
import { anyone } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { content, Text } from '../../platform/http/content.ts';
import { endpoint } from '../../platform/http/endpoint.ts';
import { html } from '../../platform/http/html.ts';
import { preferredType } from '../../platform/http/media-types.ts';
import { operation } from '../../platform/http/operation.ts';
import { inline } from './html.ts';
import { htmlPage, pageHeaders } from './page.ts';
import known from './problems.json' with { type: 'json' };

const BothLanguages = z.object({ fr: z.string(), en: z.string() });

/** What a code of a problem means and what to do about it. */
export const ProblemDescription = z.object({
  code: z.string(),
  status: z.int(),
  title: BothLanguages,
  cause: BothLanguages,
  remedy: BothLanguages,
});
type ProblemDescription = z.output<typeof ProblemDescription>;

const byCode: Readonly<Record<string, Omit<ProblemDescription, 'code'>>> = known;

const HEADINGS = {
  cause: { fr: 'Pourquoi', en: 'Why' },
  remedy: { fr: 'Que faire', en: 'What to do' },
} satisfies Record<string, Localized>;

function inLanguage({ title, cause, remedy }: ProblemDescription, language: 'fr' | 'en') {
  return html`<section lang="${language}">
<h2>${title[language]}</h2>
<h3>${HEADINGS.cause[language]}</h3>
<p>${inline(cause[language])}</p>
<h3>${HEADINGS.remedy[language]}</h3>
<p>${inline(remedy[language])}</p>
</section>`;
}

const pageOf = (one: ProblemDescription): string =>
  htmlPage({
    language: 'fr',
    title: `${one.status} ${one.code}`,
    // From /problems/{code}, under whatever stage.
    base: '../',
    body: html`<main class="problem">
<h1><span class="status">${one.status}</span> <code>${one.code}</code></h1>
${inLanguage(one, 'fr')}
${inLanguage(one, 'en')}
<p><a href="../docs">Documentation</a></p>
</main>`,
  });

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';

export const readProblem = operation({
  route: 'GET /problems/{code}',
  summary: 'What a problem means and what to do about it, as a page or as JSON',
  description: 'The `type` of every problem is an address of this operation.',
  access: anyone,
  path: z.object({
    code: z
      .string()
      .min(1)
      .max(64)
      .meta({ examples: ['not_found'] }),
  }),
  answers: { 200: content({ [JSON_TYPE]: ProblemDescription, [HTML_TYPE]: Text }) },
  problems: [problem.not_found],
  async handle({ path: { code }, headers }) {
    const found = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
    if (!found) throw problem.not_found();
    const type = preferredType(headers.accept, [JSON_TYPE, HTML_TYPE]);
    const one = { code, ...found };
    return type === HTML_TYPE
      ? ok(pageOf(one), { headers: { ...pageHeaders, 'Content-Type': type, Vary: 'Accept' } })
      : ok(one, { headers: { 'Content-Type': type, Vary: 'Accept', 'Cache-Control': 'public, max-age=300' } });
  },
});

export const handler = endpoint(readProblem);
