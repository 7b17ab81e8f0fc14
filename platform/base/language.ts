/** What people read: French, unless they prefer English. */
export type Language = 'fr' | 'en';

/** A text in every language of the product. */
export type Localized = Readonly<Record<Language, string>>;

/** What a language weighs that no range speaks of: less than any that is wanted, more than one that is not (`q=0`). */
const UNSPOKEN = 0.0001;

/** The weight of a parameter such as `q=0.5`; 1 without, 0 where nobody can read it. */
function weightOf(parameter: string): number {
  if (!parameter.startsWith('q=')) return 1;
  const weight = Number(parameter.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}

/**
 * The preferred language of an `Accept-Language` header (RFC 9110, 12.5.4); French when it prefers neither. `*` speaks of
 * a language that no other range does (RFC 4647, 3.3.1).
 */
export function preferredLanguage(header: string | undefined): Language {
  const weights = new Map<string, number>();
  for (const range of header?.toLowerCase().split(',', 20) ?? []) {
    const [tag = '', parameter = ''] = range.split(';').map((part) => part.trim());
    const language = tag.split('-')[0] ?? '';
    weights.set(language, Math.max(weights.get(language) ?? 0, weightOf(parameter)));
  }
  const weigh = (language: Language): number => weights.get(language) ?? weights.get('*') ?? UNSPOKEN;
  return weigh('en') > weigh('fr') ? 'en' : 'fr';
}
