import * as z from 'zod';
import { type KeyPart, keyPart } from '../../../platform/base/key-part.ts';
import { type KeyText, key } from '../../../platform/data/key.ts';
import type { Key, Page, Paging } from '../../../platform/data/table.ts';
import { allow, type Caller } from '../../../platform/http/access.ts';
import { ok, okCached } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { fold } from '../../../platform/schema/fold.ts';
import { invalidField } from '../../../platform/schema/input.ts';
import { PhoneInQuery } from '../../../platform/schema/phone.ts';
import { line } from '../../../platform/schema/text.ts';
import { reachIn } from '../classes/access.ts';
import * as books from '../classes/book-store.ts';
import { type ClassRef, classRef, refOf } from '../classes/class-ref.ts';
import * as classes from '../classes/class-store.ts';
import { Programme } from '../classes/programme.ts';
import { classFigures, type MemberStanding } from '../figures/standings.ts';
import { leafToRead, refAt, termToRead } from '../figures/term-to-read.ts';
import { cache, HOUR, studentKey } from '../kept.ts';
import { decimal } from '../marks/decimal.ts';
import { problem } from '../problems.ts';
import * as students from '../students/student-store.ts';
import { type Calendar, type Term, TermId } from '../terms/term.ts';
import * as terms from '../terms/term-store.ts';
import { best, type Entry, hasNoFigure, placeOf } from './ranking-store.ts';

/** How many entries are sifted for one page, where a name is asked for and no class. */
const MOST_SIFTED = 1000;

const CHUNK = 200;

/** How many are read at once where all are: a class in one page, since each page computes its class anew. */
const AT_ONCE = 1000;

const Name = line(100).transform(fold);

const CLASS_NEEDED = { fr: 'Par ordre croissant, nommez une classe', en: 'In ascending order, name a class' };

/** The filters of `GET /grades`. */
export const Averages = z.strictObject({
  class_name: line(100).optional(),
  term: TermId.optional(),
  order: z.enum(['desc', 'asc']).default('desc'),
  first_name: Name.optional(),
  last_name: Name.optional(),
  phone: PhoneInQuery.optional(),
});
export type Averages = z.output<typeof Averages>;

/** A student with their average, on the scale of their class; none where nothing counts yet. */
export const Average = z.object({
  student_id: z.int(),
  name: z.string(),
  class_name: z.string().optional(),
  average: z.number().nullable(),
  scale: z.int(),
});
export type Average = z.input<typeof Average>;

/** Whether a name passes: its beginning is the first name, what begins with any later word the last. */
function named(name: string, { first_name = '', last_name = '' }: Averages): boolean {
  const words = fold(name).split(' ');
  const tails = words.map((_, i) => words.slice(i).join(' '));
  const [whole = '', ...later] = tails;
  return whole.startsWith(first_name) && (last_name === '' || later.some((tail) => tail.startsWith(last_name)));
}

const PAGE = key`AVERAGES`;

const position = (sk: KeyText | undefined): Key | undefined => sk && { pk: PAGE, sk };

const averageOf = (member: MemberStanding, class_name: string | undefined): Average => ({
  student_id: member.student,
  name: member.name,
  class_name,
  average: member.general === undefined ? null : decimal(member.general),
  scale: member.programme.scale,
});

/** In which order places come; those of who has no average last in either. */
const order =
  (wanted: Averages['order']) =>
  (a: KeyText, b: KeyText): number => {
    const [isLast, isOtherLast] = [a, b].map(hasNoFigure);
    if (isLast !== isOtherLast) return isLast ? 1 : -1;
    const [first, second] = wanted === 'desc' || isLast ? [a, b] : [b, a];
    return first < second ? -1 : Number(first > second);
  };

/** The members of one class that pass, by average. @throws class_not_found */
async function inClass(ref: ClassRef, query: Averages, calendar: Calendar, caller: Caller) {
  const [listed, asked] = await Promise.all([classes.find(ref), termToRead(calendar, query.term, ref)]);
  const figures = await classFigures(ref, asked, calendar, 'staff');
  if (!reachIn(figures.programme, caller).any) throw problem.class_not_found();
  const comes = order(query.order);
  const all = figures.ranking.members
    .filter(({ name }) => named(name, query))
    .map((member) => ({ sk: placeOf(member), value: averageOf(member, listed?.class_name) }));
  return { listed, all: all.sort((a, b) => comes(a.sk, b.sk)), comes };
}

async function pageOfClass(
  name: string,
  query: Averages,
  { limit, after }: Paging,
  calendar: Calendar,
  caller: Caller,
) {
  const { listed, all, comes } = await inClass(classRef(name), query, calendar, caller);
  if (!listed) throw problem.class_not_found();
  const rest = all.filter(({ sk }) => after === undefined || comes(after.sk, sk) < 0);
  const items = rest.slice(0, limit);
  return { items: items.map(({ value }) => value), next: position(rest.length > limit ? items.at(-1)?.sk : undefined) };
}

/** What is kept of the one student of a phone number, and by which programme it is judged who may read it. */
const Kept = z.object({ average: Average.optional(), programme: Programme.optional() });

/** The one student of a phone number with their average: from the cache, while nothing in their class has changed. */
async function studentOf(phone: KeyPart, asked: string | undefined, calendar: Calendar) {
  const student = await students.byPhone(phone);
  if (!student) return undefined;
  const term = await termToRead(calendar, asked, refOf(student));
  const ref = refAt(student, term, calendar);
  const isLeaf = calendar.childrenOf(term.id).length === 0;
  const generation = async () => {
    const now = isLeaf ? await books.generation({ ref, term: term.id }) : undefined;
    return now && `${student.student_id} ${ref} ${now}`;
  };
  const scope = { key: studentKey(phone, term.id), seconds: HOUR, schema: Kept, generation };
  const { value, hit } = await cache.read(scope, async () => {
    const [figures, listed] = await Promise.all([classFigures(ref, term, calendar, 'staff'), classes.find(ref)]);
    const member = figures.ranking.members.find(({ student: id }) => id === student.student_id);
    const average = member && averageOf(member, listed?.class_name);
    return { value: { average, programme: figures.programme }, keep: figures.whole };
  });
  return { ...value, ref, hit };
}

/** The same, if they pass the other filters and their class is the caller's to read. */
async function byPhone(phone: KeyPart, query: Averages, calendar: Calendar, caller: Caller) {
  const found = await studentOf(phone, query.term, calendar);
  const { average, programme, ref, hit = false } = found ?? {};
  const inClass = query.class_name === undefined || classRef(query.class_name) === ref;
  const passes = average && inClass && named(average.name, query) && reachIn(programme, caller).any;
  return { value: passes ? [average] : [], hit };
}

/** Tells of classes whether they are the caller's to read; each is looked up once. */
function reading(caller: Caller, term: Term, calendar: Calendar): (entry: Entry) => Promise<boolean> {
  if (caller.role === 'admin') return async () => true;
  const year = calendar.yearOf(term).id;
  const known = new Map<ClassRef, Promise<boolean>>();
  const look = async (ref: ClassRef) => reachIn((await classes.programme(ref, year))?.programme, caller).any;
  return ({ ref }) => {
    const found = known.get(ref) ?? look(ref);
    known.set(ref, found);
    return found;
  };
}

/** One page over all classes; it may be short, with more to follow, where few of those sifted pass. */
async function pageOfAll(
  query: Averages,
  { limit, after }: Paging,
  calendar: Calendar,
  caller: Caller,
): Promise<Page<Average>> {
  const term = await leafToRead(calendar, query.term);
  const mayRead = reading(caller, term, calendar);
  const items: (Average & { sk: KeyText })[] = [];
  let from = after?.sk;
  let more = true;
  for (let sifted = 0; more && sifted < MOST_SIFTED && items.length <= limit; sifted += CHUNK) {
    const found = await best(term, Math.max(limit + 1, CHUNK), { after: from });
    const readable = await Promise.all(found.entries.map(mayRead));
    const passing = found.entries.filter(({ name }, i) => readable[i] && named(name, query));
    items.push(...passing.map(({ general, ...entry }) => ({ ...entry, average: decimal(general) })));
    ({ more } = found);
    from = found.entries.at(-1)?.sk;
  }
  const page = items.slice(0, limit);
  if (items.length > limit) return { items: page, next: position(page.at(-1)?.sk) };
  return { items: page, next: more ? position(from) : undefined };
}

/** One page of averages, of a class or over all; not of who is asked for by phone. @throws class_needed, class_not_found */
function pageOf(query: Averages, paging: Paging, calendar: Calendar, caller: Caller): Promise<Page<Average>> {
  const { class_name, order } = query;
  if (class_name === undefined && order === 'asc') throw invalidField('query/order', 'class_needed', CLASS_NEEDED);
  return class_name === undefined
    ? pageOfAll(query, paging, calendar, caller)
    : pageOfClass(class_name, query, paging, calendar, caller);
}

/** All averages that pass, in the order of the list, a page at a time. @throws as the list does */
export async function* averages(query: Averages, caller: Caller): AsyncGenerator<Average[], undefined> {
  const calendar = await terms.calendar();
  if (query.phone !== undefined) {
    yield (await byPhone(keyPart(query.phone), query, calendar, caller)).value;
    return;
  }
  let after: Key | undefined;
  do {
    const page = await pageOf(query, { limit: AT_ONCE, after }, calendar, caller);
    yield page.items;
    after = page.next;
  } while (after);
}

export const listAverages = operation({
  route: 'GET /grades',
  summary: 'Students by average',
  description:
    'Of a class in any term, members without an average last; over all classes in one that holds marks, those who are ranked, the best first. First and last names by prefix, accents and case ignored; class and phone exactly. A page may be short with more to follow: only a missing `Link` ends the list.',
  access: allow('admin', 'teacher'),
  query: Averages,
  paged: true,
  cached: true,
  answers: { 200: z.array(Average) },
  problems: [problem.class_not_found, problem.term_not_found, problem.term_is_divided],
  async handle({ query, paging, caller }) {
    const calendar = await terms.calendar();
    if (query.phone !== undefined) return okCached(await byPhone(keyPart(query.phone), query, calendar, caller));
    const { items, next } = await pageOf(query, paging, calendar, caller);
    return ok(items, { next });
  },
});
