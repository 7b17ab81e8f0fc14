import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Language, preferredLanguage } from '../../../platform/base/language.ts';
import { header } from '../../../platform/http/headers.ts';
import { type Cookies, keep } from './cookies.ts';

/** How the pages look to a visitor: `auto` goes by their system. */
export type Theme = 'auto' | 'light' | 'dark';

/** What a visitor has chosen, or their browser for them. */
export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

const A_YEAR = 365 * 24 * 3600;

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const isTheme = (text: string | undefined): text is Theme => THEMES.some((theme) => theme === text);
const isLanguage = (text: string | undefined): text is Language => text === 'fr' || text === 'en';

/** The look of a request: what was chosen before, else the browser's language and the system's theme. */
export function lookOf(event: APIGatewayProxyEvent, { look }: Cookies): Look {
  const [language, theme] = look?.split('.') ?? [];
  return {
    language: isLanguage(language) ? language : preferredLanguage(header(event, 'accept-language')),
    theme: isTheme(theme) ? theme : 'auto',
  };
}

/** A look with what of it was chosen anew; what is no language and no theme changes nothing. */
export const chosen = (before: Look, { language, theme }: Readonly<Record<'language' | 'theme', string>>): Look => ({
  language: isLanguage(language) ? language : before.language,
  theme: isTheme(theme) ? theme : before.theme,
});

/** What remembers it. */
export const keepLook = ({ language, theme }: Look): string => keep('look', `${language}.${theme}`, A_YEAR);
