import { guardian, type Identity } from './call.ts';
import { asked, assess, classOf, enter } from './school.ts';

/** The head teacher of these classes. */
export const head: Identity = { username: 'principal', role: 'teacher' };

/** A guardian of everybody in them. */
export const mother = guardian('mother');

/** A programme with a head teacher. */
export const PROGRAMME = {
  subjects: [
    { name: 'Maths', coefficient: 4, teachers: ['prof'] },
    { name: 'Français', coefficient: 3, teachers: ['colette'] },
  ],
  head_teacher: 'principal',
  mentions: [{ label: 'Bien', from: 14 }],
};

let worlds = 0;

/** A class of a school year of its own with two terms, and marks in the first. */
export async function world(count: number, programme: object = PROGRAMME) {
  worlds += 1;
  const from = 2000 + 2 * worlds;
  const term = async (name: string, starts_on: string, ends_on: string, parent?: string): Promise<string> =>
    (await asked('POST /terms', { name, starts_on, ends_on, ...(parent && { parent }) })).id;
  const year = await term('Année', `${from}-10-01`, `${from + 1}-07-15`);
  const first = await term('S1', `${from}-10-01`, `${from + 1}-02-15`, year);
  const second = await term('S2', `${from + 1}-02-16`, `${from + 1}-07-15`, year);
  const name = `Bulletin ${worlds}`;
  const path = `/classes/bulletin${worlds}`;
  const ids = await classOf(count, name, { guardians: ['mother'] });
  await asked(`PUT ${path}?year=${year}`, programme);
  const assessment = await assess(name, { subject: 'Maths', title: 'Compo', term: first });
  await enter(assessment, Object.fromEntries(ids.map((id, i) => [id, 10 + (i % 10)])));
  return { name, path, ids, year, first, second, assessment };
}

/** Such a class. */
export type World = Awaited<ReturnType<typeof world>>;

/** Closes a term for all classes. */
export const close = (term: string) => asked(`PATCH /terms/${term}`, { open: false });
/** Opens it again. */
export const reopen = (term: string) => asked(`PATCH /terms/${term}`, { open: true, reason: 'Une erreur' });
/** Publishes the cards of a class. */
export const publish = ({ path }: World, term: string, reason?: string) =>
  asked(`POST ${path}/report-cards`, { term, ...(reason && { reason }) }, head);
/** The cards of a student, newest first. */
export const cardsOf = (id: number, as: Identity = mother) => asked(`GET /grades/${id}/report-cards`, undefined, as);
/** What became of each student's card. */
export const results = ({ cards }: { cards: { student_id: number; result: string }[] }) =>
  Object.fromEntries(cards.map(({ student_id, result }) => [student_id, result]));
