/** What a document says of the school on top. */
export interface Letterhead {
  readonly name: string;
  readonly lines: readonly string[];
  readonly motto: string | null;
  /** What the logo is, for who does not see it. */
  readonly logo_alt: string;
}

interface School {
  readonly name: string;
  readonly address?: string | undefined;
  readonly phone?: string | undefined;
  readonly code?: string | undefined;
  readonly motto?: string | undefined;
}

/** The head of a document. */
export function letterhead(
  { name, address, phone, code, motto }: School,
  words: { readonly logo: string; readonly phone: string },
): Letterhead {
  const contact = [...(phone === undefined ? [] : [`${words.phone} ${phone}`]), ...(code === undefined ? [] : [code])];
  const lines = [...(address?.split('\n') ?? []), ...(contact.length > 0 ? [contact.join(' · ')] : [])];
  return { name, lines, motto: motto ?? null, logo_alt: `${words.logo}, ${name}` };
}
