/** A person's name, whole and in its parts. */
export interface Names {
  readonly name: string;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
}

/** What was given of it. */
type Given = { readonly [K in keyof Names]?: Names[K] | undefined };

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const orNothing = (words: readonly string[]): string | undefined => words.join(' ') || undefined;

/** What stays of a whole name when one of its parts is taken out. */
function remainder(name: string, part: string): string | undefined {
  const taken = new Set(wordsOf(part).map((word) => word.toLowerCase()));
  return orNothing(wordsOf(name).filter((word) => !taken.has(word.toLowerCase())));
}

function partsOf({ name = '', first_name, last_name }: Given): Omit<Names, 'name'> {
  if (first_name && last_name) return { first_name, last_name };
  if (first_name) return { first_name, last_name: remainder(name, first_name) };
  if (last_name) return { first_name: remainder(name, last_name), last_name };
  const words = wordsOf(name);
  return { first_name: orNothing(words.slice(0, -1)), last_name: words.at(-1) };
}

/**
 * The three names of a person from those that were given. `name` is always first + last: where the parts are given they
 * win over a `name` that says otherwise; a part that is missing is what the name has besides the other; of a name alone
 * the last word is the last name.
 * @returns undefined when nothing that could name a person was given
 */
export function namesOf(given: Given): Names | undefined {
  const parts = partsOf(given);
  const name = [parts.first_name, parts.last_name].filter(Boolean).join(' ');
  return name ? { name, ...parts } : undefined;
}
