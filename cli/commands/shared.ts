import type { Office } from '../declare.ts';
import { flag, whole } from '../declare.ts';
import { type Words, words } from '../language.ts';
import type { Output } from '../output/output.ts';

/** Options of commands that list. */
export const PAGES = {
  limit: whole('N', words('how many at most (50)', 'combien au plus (50)')),
  all: flag(words('every one', 'tous')),
};

/** What `--json` prints of a change that the API answers with nothing. */
export const changedSchema = (field: string, schema: object): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: { [field]: schema },
  required: [field],
  additionalProperties: false,
});

export const REMOVED = changedSchema('removed', { type: 'array', items: { type: ['string', 'integer'] } });

export const YES = { yes: flag(words('without asking', 'sans demander')) };

export const studentId = whole('ID', words("the student's number", "le numéro de l'étudiant"));
export const personId = whole('ID', words("the person's number", 'le numéro de la personne'));
export const className = words('the class, like "4e A"', 'la classe, comme « 4e A »');
export const termWords = words(
  'the term (campus terms list); the open one unless given',
  "la période (campus terms list) ; celle qui est ouverte si rien n'est dit",
);

/** Takes things away one after the other, once somebody said that it is meant. */
export async function removed<Id extends string | number>(
  ids: readonly Id[],
  yes: true | undefined,
  { confirm }: Office,
  what: Words,
  remove: (id: Id) => Promise<unknown>,
): Promise<Output> {
  const named = ids.join(', ');
  if (!yes) await confirm(words(`Remove ${what.en} ${named}?`, `Supprimer ${what.fr} ${named} ?`));
  for (const id of ids) await remove(id);
  return done(`Removed: ${what.en} ${named}.`, `Supprimé : ${what.fr} ${named}.`, { item: { removed: ids } });
}

/** A change that was made, in both languages. */
export const done = (
  en: string,
  fr: string,
  rest: { item?: unknown; id?: string | number; exit?: number } = {},
): Output => ({
  kind: 'done',
  said: { en, fr },
  ...rest,
});
