/** What people read: French, unless they prefer English. */
export type Language = 'fr' | 'en';

/** A text in every language of the product. */
export type Localized = Readonly<Record<Language, string>>;

/** The preferred language of an `Accept-Language` header (RFC 9110, 12.5.4); French when it names neither. */
export function preferredLanguage(header: string | undefined): Language {
  const weights: Record<Language, number> = { fr: 0, en: 0 };
  for (const range of header?.toLowerCase().split(',', 20) ?? []) {
    const [tag = '', parameter = ''] = range.split(';').map((part) => part.trim());
    const language = tag.split('-')[0];
    const weight = parameter.startsWith('q=') ? Number(parameter.slice(2)) || 0 : 1;
    if (language === 'fr' || language === 'en') weights[language] = Math.max(weights[language], weight);
  }
  return weights.en > weights.fr ? 'en' : 'fr';
}
