import { clock, epochSeconds } from '../../../platform/base/clock.ts';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { put, type Write } from '../../../platform/data/write.ts';
import { table } from '../table.ts';

/** For how long it is known what was sent, in seconds: longer than a message can wait, dead letters included. */
const KNOWN_SECONDS = 20 * 24 * 3600;

/** What was sent to an account about a student: by the id of each notice, when (milliseconds since the epoch). */
export type Sent = Readonly<Record<string, number>>;

const sentKey = (username: KeyPart, studentId: number): Key => ({
  pk: key`SENT#${username}`,
  sk: key`STUDENT#${studentId}`,
});

/** What was sent to an account about a student of late. One read. */
export const find = async (username: KeyPart, studentId: number): Promise<Sent> =>
  (await table.get<{ sent: Sent }>(sentKey(username, studentId)))?.sent ?? {};

/** Notes that some more was sent, and forgets what no message can repeat any more. */
export function add(username: KeyPart, studentId: number, before: Sent, ids: readonly string[]): Write {
  const recent = Object.entries(before).filter(([, at]) => at > clock.now() - KNOWN_SECONDS * 1000);
  const sent = Object.fromEntries([...recent, ...ids.map((id) => [id, clock.now()] as const)]);
  return put({ ...sentKey(username, studentId), sent, ttl: epochSeconds() + KNOWN_SECONDS });
}
