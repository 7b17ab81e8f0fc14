import type { Language } from '../base/language.ts';

/** What a document says of the school on top. */
export interface Letterhead {
  readonly name: string;
  readonly lines: readonly string[];
  readonly motto: string | null;
  /** What the logo is, for who does not see it. */
  readonly logo_alt: string;
}

/** A school as far as documents speak of it. */
export interface PrintedSchool {
  readonly name: string;
  readonly address?: string | undefined;
  readonly phone?: string | undefined;
  readonly code?: string | undefined;
  readonly motto?: string | undefined;
}

const WORDS = {
  fr: { logo: 'Logo de l’établissement', phone: 'Tél.' },
  en: { logo: 'Logo of the school', phone: 'Tel.' },
} as const;

/** The head of a document. */
export function letterhead({ name, address, phone, code, motto }: PrintedSchool, language: Language): Letterhead {
  const words = WORDS[language];
  const contact = [...(phone === undefined ? [] : [`${words.phone} ${phone}`]), ...(code === undefined ? [] : [code])];
  const lines = [...(address?.split('\n') ?? []), ...(contact.length > 0 ? [contact.join(' · ')] : [])];
  return { name, lines, motto: motto ?? null, logo_alt: `${words.logo}, ${name}` };
}
