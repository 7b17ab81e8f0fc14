import { fold } from '../../../platform/schema/fold.ts';

/** A person's name, whole and in its parts. */
export interface Names {
  readonly name: string;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
}

/** What was given of it. */
type Given = { readonly [K in keyof Names]?: Names[K] | undefined };

/** Words that begin a family name and are none by themselves: of Romance, Germanic, Arabic and Berber names. */
const PARTICLES = new Set(
  [
    ...[
      'de',
      'du',
      'des',
      'd',
      'da',
      'das',
      'do',
      'dos',
      'di',
      'del',
      'della',
      'degli',
      'la',
      'las',
      'le',
      'les',
      'los',
    ],
    ...['van', 'von', 'vom', 'zu', 'zum', 'zur', 'den', 'der', 'ter', 'ten', "'t", 'af', 'av'],
    ...['ben', 'bin', 'ibn', 'bint', 'bent', 'abd', 'el', 'al', 'ould', 'mint', 'ag', 'ait'],
  ].map(fold),
);

/** What goes with the name before it. */
const SUFFIXES = new Set(['jr', 'jr.', 'sr', 'sr.', 'ii', 'iii', 'iv']);

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const orNothing = (words: readonly string[]): string | undefined => words.join(' ') || undefined;

/** What stays of a whole name when one of its parts is taken out. */
function remainder(name: string, part: string): string | undefined {
  const taken = new Set(wordsOf(part).map(fold));
  return orNothing(wordsOf(name).filter((word) => !taken.has(fold(word))));
}

const isParticle = (word: string): boolean => PARTICLES.has(fold(word));

// Two letters of them at least: one may be an initial.
const isInCapitals = (text: string): boolean => /\p{Lu}.*\p{Lu}/u.test(text) && text === text.toUpperCase();

/** The names in a name, each of its words with what goes with it: `Awa`, `de la Fontaine`. */
function grouped(words: readonly string[]): string[][] {
  const groups: string[][] = [];
  const particles: string[] = [];
  for (const word of words) {
    const before = groups.at(-1);
    if (isParticle(word)) particles.push(word);
    else if (SUFFIXES.has(fold(word)) && before && particles.length === 0) before.push(word);
    // In capitals, before a word that is not, it is a name of its own: LE Thi Hoa.
    else if (particles.length > 0 && particles.every(isInCapitals) && !isInCapitals(word))
      groups.push(particles.splice(0), [word]);
    else groups.push([...particles.splice(0), word]);
  }
  // Particles that nothing follows are names like any other.
  return [...groups, ...particles.map((word) => [word])];
}

// An elided particle stays small: d'ALMEIDA.
const ELIDED = /^\p{L}['’ʼ]/u;

/** Whether a name stands in capitals, its particles apart. */
function isCapital(group: readonly string[]): boolean {
  const words = group.filter((word) => !isParticle(word) && !SUFFIXES.has(fold(word)));
  return isInCapitals((words.length > 0 ? words : group).join('').replace(ELIDED, ''));
}

/** A name alone, taken apart: the family name stands in capitals where the others do not, else last. */
function takenApart(name: string): Omit<Names, 'name'> {
  const groups = grouped(wordsOf(name));
  const capital = groups.filter(isCapital);
  const family = capital.length > 0 && capital.length < groups.length ? capital : groups.slice(-1);
  const others = groups.filter((group) => !family.includes(group));
  return { first_name: orNothing(others.flat()), last_name: orNothing(family.flat()) };
}

function partsOf({ name = '', first_name, last_name }: Given): Omit<Names, 'name'> {
  if (first_name && last_name) return { first_name, last_name };
  if (first_name) return { first_name, last_name: remainder(name, first_name) };
  if (last_name) return { first_name: remainder(name, last_name), last_name };
  return takenApart(name);
}

/**
 * The three names of a person from those that were given. `name` is always first + last: where the parts are given they
 * win over a `name` that says otherwise; a part that is missing is what the name has besides the other. A name alone is
 * taken apart: `DIOP Fatou` and `Fatou DIOP` by the capitals, `Awa de la Fontaine` before its particles, any other before
 * its last word; of a single word nobody knows which it is, and it stands as the last name.
 * @returns undefined when nothing that could name a person was given
 */
export function namesOf(given: Given): Names | undefined {
  const parts = partsOf(given);
  const name = [parts.first_name, parts.last_name].filter(Boolean).join(' ');
  return name ? { name, ...parts } : undefined;
}
