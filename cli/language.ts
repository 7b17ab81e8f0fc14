/** What is said to people, in both languages. */
export interface Words {
  readonly en: string;
  readonly fr: string;
}

export type Language = keyof Words;

/** A text in both languages, short to write. */
export const words = (en: string, fr: string): Words => ({ en, fr });

/**
 * The language that somebody reads: `CAMPUS_LANG`, else the locale of the terminal, else that of the system. What is
 * neither French nor English reads English.
 */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const locale = env.CAMPUS_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return /^fr\b|^fr_/i.test(locale || Intl.DateTimeFormat().resolvedOptions().locale) ? 'fr' : 'en';
}
