import { epochSeconds } from '../../../platform/base/clock.ts';
import { check, type Item, lostUpdate, present, update, type Write } from '../../../platform/data/write.ts';
import { apply, commit } from '../../../platform/events/commit.ts';
import { table } from '../table.ts';
import type { Student } from './student.ts';
import { partitionOf, studentKey } from './student-key.ts';

/** For how long a student who was deleted may be restored, in seconds: thirty days. */
const RESTORABLE_SECONDS = 30 * 24 * 3600;

/** How many items of a student are changed in one transaction. */
const MOST_AT_ONCE = 90;

/** When a student who is deleted now is gone for good, in epoch seconds. */
export const goneAt = (): number => epochSeconds() + RESTORABLE_SECONDS;

/** What expires with its student. Before that some of it had a time of its own; 0 where it had none. */
interface Expiring extends Item {
  readonly ttl?: number;
  readonly ttl_before?: number;
}

/** What was published is kept as long as the law asks, whatever becomes of the student; it expires by itself. */
const isKept = ({ sk }: Item): boolean => sk === 'PROFILE' || sk.startsWith('CARD#');

const ttlOf = (item: Expiring, student: Student): number | undefined => {
  const own = item.ttl_before ?? item.ttl ?? 0;
  return own > 0 ? Math.min(own, student.ttl ?? own) : student.ttl;
};

/** Lets an item expire with its student; nothing where it does already. */
function expiring(item: Expiring, student: Student): Write[] {
  const { pk, sk } = item;
  const ttl = ttlOf(item, student);
  if (ttl === undefined || (item.ttl_before !== undefined && item.ttl === ttl)) return [];
  const set = { ttl, ttl_before: item.ttl_before ?? item.ttl ?? 0 };
  return [update({ pk, sk }, { set }, present(lostUpdate))];
}

/** Takes that back. */
const lasting = ({ pk, sk, ttl_before }: Expiring): Write[] =>
  ttl_before === undefined
    ? []
    : [update({ pk, sk }, { set: { ttl: ttl_before || undefined, ttl_before: undefined } }, present(lostUpdate))];

/** Only while the profile is as it was read: deletion and restoration must not mix. */
const unchanged = ({ student_id, revision }: Student): Write =>
  check(studentKey(student_id), { when: 'revision = :read', values: { ':read': revision }, otherwise: lostUpdate });

/** Changes everything of a student that is to be changed, in as many transactions as it takes. */
async function eachOf(
  studentId: number,
  isMeant: (student: Student) => boolean,
  changeOf: (item: Expiring, student: Student) => Write[],
): Promise<void> {
  let isLeft = true;
  while (isLeft) {
    await commit(table, async () => {
      const items = await table.queryAll<Expiring>({ partition: ['pk', partitionOf(studentId)] });
      const student = items.find(({ sk }) => sk === 'PROFILE') as unknown as Student | undefined;
      const all = student && isMeant(student) ? items.filter((item) => !isKept(item)) : [];
      const writes = student ? all.flatMap((item) => changeOf(item, student)) : [];
      isLeft = writes.length > MOST_AT_ONCE;
      const some = writes.slice(0, MOST_AT_ONCE);
      return { writes: student && some.length > 0 ? [...some, unchanged(student)] : [] };
    });
  }
}

/**
 * Lets everything of a student who is deleted expire with their profile: marks and results with all that they were, what
 * was set aside, that averages fell. Done again it goes on with what is left. What was published stays.
 */
export const expire = (studentId: number): Promise<void> =>
  eachOf(studentId, ({ deleted_at, reviving }) => deleted_at !== undefined && !reviving, expiring);

/**
 * Takes back that everything of a student expires, before they are restored: broken off in between, nothing of theirs is
 * lost, and the next try goes on.
 * @param student deleted, as they were read
 * @returns their profile as it then is, still deleted
 * @throws LostUpdate
 */
export async function revive(student: Student): Promise<Student> {
  const { student_id, revision } = student;
  if (!student.reviving) {
    const condition = { when: 'revision = :read', values: { ':read': revision }, otherwise: lostUpdate };
    const set = { reviving: true, ttl: undefined, revision: revision + 1 };
    await apply(table, { writes: [update(studentKey(student_id), { set }, condition)] });
  }
  await eachOf(student_id, ({ reviving }) => reviving === true, lasting);
  return student.reviving ? student : { ...student, reviving: true, revision: revision + 1 };
}

/** Whether a student was deleted by an older version of Campus, which kept their marks for ever. */
export const isKeptForEver = ({ deleted_at, ttl, reviving }: Student): boolean =>
  deleted_at !== undefined && ttl === undefined && !reviving;

/** Lets such a student expire, thirty days from now. */
export async function expireAtLast({ student_id, revision }: Student): Promise<void> {
  const condition = { when: 'revision = :read', values: { ':read': revision }, otherwise: lostUpdate };
  const set = { ttl: goneAt(), revision: revision + 1 };
  await apply(table, { writes: [update(studentKey(student_id), { set }, condition)] });
  await expire(student_id);
}
