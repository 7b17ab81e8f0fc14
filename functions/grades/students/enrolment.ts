import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { absent, type Condition, check, type Item, lostUpdate, type Write } from '../../../platform/data/write.ts';
import {
  type Assessment,
  type Brought,
  definitionOf,
  type Head,
  type Member,
  type Score,
  type Sheet,
  scoreIn,
} from '../classes/book.ts';
import {
  type BookRef,
  change,
  headIs,
  headKey,
  partitionOf,
  type RosterItem,
  rosterKey,
  sealIs,
  sheetKey,
} from '../classes/book-store.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import { table } from '../table.ts';

/** A student's place in a book, as it was read. */
export interface Seat {
  readonly book: BookRef;
  readonly head: Head;
  readonly roster: RosterItem;
  readonly sheet: Sheet | undefined;
}

/** Where a student sat or is to sit: a class in each of some terms. */
export type Places = readonly BookRef[];

/** The seats of a student in books that there are. One batch for each 33 books. @throws LostUpdate where one was met half changed */
export async function seats(places: Places, studentId: number): Promise<Seat[]> {
  const keysOf = (book: BookRef): Key[] => [headKey(book), rosterKey(book), sheetKey(book, studentId)];
  const items = await table.getMany<Item>(places.flatMap(keysOf));
  const at = ({ pk, sk }: Key) => items.find((item) => item.pk === pk && item.sk === sk) as unknown;
  return places.flatMap((book) => {
    const [head, roster, sheet] = keysOf(book).map(at) as [Head?, RosterItem?, Sheet?];
    if (head && head.roster !== roster?.version) throw lostUpdate();
    return head && roster ? [{ book, head, roster, sheet }] : [];
  });
}

/** What of a sheet goes into another place: everything but where it lies, and its seal. */
export const contentOf = ({ pk: _pk, sk: _sk, seal: _seal, ...content }: Sheet): Content => content;

/**
 * Sets or takes away a member of a book.
 * @param away whether they take results of this class along to another; false where they bring them back
 */
function seatIn(
  { book, head, roster }: Seat,
  id: number,
  member: Member | undefined,
  sheet: Parameters<typeof change>[1],
  away?: boolean,
): Write[] {
  const version = roster.version + 1;
  const members = { key: rosterKey(book), attributes: { set: { version }, entries: { members: { [id]: member } } } };
  return change(book, [members, ...sheet], {
    set: { roster: version },
    ...(away !== undefined && { entries: { away: { [id]: away || undefined } } }),
    condition: headIs({ open: head.open, roster: head.roster }, lostUpdate),
  });
}

/** Takes a student and their sheet out of a book. @throws LostUpdate */
export function leave(seat: Seat, id: number, away?: boolean): Write[] {
  const { book, sheet } = seat;
  const at = sheetKey(book, id);
  // A first mark that came meanwhile would stay behind.
  if (!sheet) return [...seatIn(seat, id, undefined, [], away), check(at, absent(lostUpdate))];
  return seatIn(seat, id, undefined, [{ removed: at, seal: sheet.seal, condition: sealIs(sheet.seal) }], away);
}

/** A sheet that was there as it was read, or was none. */
const asRead = (sheet: Sheet | undefined): Condition => (sheet ? sealIs(sheet.seal) : absent(lostUpdate));

/**
 * Puts a student into a book, with what they bring. Of a student who is in it already, the name changes.
 * @param member undefined where they are no member, and only their sheet is to stand there
 * @param content what is to stand on their sheet: null for nothing, undefined for what stands there
 * @throws LostUpdate
 */
export function join(seat: Seat, id: number, member: Member | undefined, content?: Content | null): Write[] {
  const { book, sheet } = seat;
  if (content === undefined) return seatIn(seat, id, member, []);
  const at = sheetKey(book, id);
  if (content !== null)
    // As a whole: attribute by attribute, the row of a long term would be more than an expression may hold.
    return seatIn(
      seat,
      id,
      member,
      [
        {
          replaced: at,
          content: { ...(sheet && contentOf(sheet)), ...content },
          seal: sheet?.seal ?? 0,
          condition: asRead(sheet),
        },
      ],
      false,
    );
  return seatIn(seat, id, member, sheet ? [{ removed: at, seal: sheet.seal, condition: sealIs(sheet.seal) }] : []);
}

/** The assessments of a book. One query, for who takes results along. */
export async function assessmentsOf(book: BookRef): Promise<readonly Assessment[]> {
  const items = await table.queryAll<Item>({
    partition: ['pk', partitionOf(book.ref)],
    sort: ['sk', 'begins_with', key`T#${book.term}#2A#`],
  });
  return items as unknown as Assessment[];
}

const broughtFrom = (ref: ClassRef, assessment: Assessment, result: Score): Brought => ({
  ...definitionOf(assessment),
  ref,
  result,
});

/** A class with its assessments of one term. */
export interface ClassAssessments {
  readonly ref: ClassRef;
  readonly assessments: readonly Assessment[];
}

/** What stands on a sheet, or stood on one, without where it lies. */
export type Content = Readonly<Record<string, unknown>>;

const isAssessed = (name: string): boolean => name.startsWith('a#');

const broughtIn = (content: Content) => (content.brought ?? {}) as Readonly<Record<string, Brought>>;

const withBrought = (content: Content, brought: Readonly<Record<string, Brought>>): Content => {
  const { brought: _, ...rest } = content;
  return Object.keys(brought).length > 0 ? { ...rest, brought } : rest;
};

/** Whether something on a sheet can be understood only with the assessments of its class. */
export const hasAssessed = (content: Content): boolean =>
  content.brought !== undefined || Object.keys(content).some(isAssessed);

/**
 * The content of a sheet as it may leave its book: results in assessments take along all that their weight depends on.
 * Plain marks go as they are.
 */
export function packed(sheet: Sheet, { ref, assessments }: ClassAssessments): Content {
  const along = assessments.flatMap((assessment): [string, Brought][] => {
    const result = scoreIn(sheet, assessment);
    return result === undefined ? [] : [[assessment.id, broughtFrom(ref, assessment, result)]];
  });
  const others = Object.entries(contentOf(sheet)).filter(([name]) => !isAssessed(name));
  return withBrought(Object.fromEntries(others), { ...broughtIn(sheet), ...Object.fromEntries(along) });
}

/**
 * What was packed as it stands in the book of a class: results find the assessments that are of this class again, and
 * those whose assessment was deleted meanwhile are gone with it.
 */
export function unpacked(content: Content, { ref, assessments }: ClassAssessments): Content {
  const nrs = new Map(assessments.map(({ id, nr }) => [id as string, nr]));
  const all = Object.entries(broughtIn(content));
  const own = all.flatMap(([id, { result }]) => (nrs.has(id) ? [[`a#${nrs.get(id)}`, result]] : []));
  const foreign = Object.fromEntries(all.filter(([, brought]) => brought.ref !== ref));
  return withBrought({ ...content, ...Object.fromEntries(own) }, foreign);
}
