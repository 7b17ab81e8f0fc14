import * as z from 'zod';
import { epochSeconds, timestamp } from '../../platform/base/clock.ts';
import { newId } from '../../platform/base/ids.ts';
import { currentScope } from '../../platform/base/scope.ts';
import { type KeyText, key } from '../../platform/data/key.ts';
import type { Page, Paging } from '../../platform/data/table.ts';
import { put, type Write } from '../../platform/data/write.ts';
import { type Caller, ROLES } from '../../platform/http/access.ts';
import { table } from './table.ts';

const KEPT_SECONDS = 365 * 24 * 3600;

const ACTIONS = ['read', 'read_history', 'add', 'replace', 'delete', 'export'] as const;
type Action = (typeof ACTIONS)[number];

/** Who did what to a person's health data, and when. */
export const Access = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  username: z.string(),
  role: z.enum(ROLES),
  action: z.enum(ACTIONS),
  request_id: z.string().optional(),
});
type Access = z.output<typeof Access>;

// Apart from the record: it outlives it, being the evidence of who saw what was erased.
const partitionOf = (personId: number): KeyText => key`ACCESS#${personId}`;

/** The trace of an access, kept for a year and never changed: it is written together with what it tells of. */
export function trace(personId: number, { username, role }: Caller, action: Action): Write[] {
  const id = newId();
  const access: Access = { id, at: timestamp(), username, role, action, request_id: currentScope()?.requestId };
  return [put({ pk: partitionOf(personId), sk: key`${id}`, ...access, ttl: epochSeconds() + KEPT_SECONDS })];
}

/** The most traces of one transaction. */
const MOST_AT_ONCE = 100;

/** The traces of an access to the data of several persons: to be written before anything of theirs is shown. */
export async function traceAll(persons: readonly number[], caller: Caller, action: Action): Promise<void> {
  const traces = persons.flatMap((id) => trace(id, caller, action));
  for (let i = 0; i < traces.length; i += MOST_AT_ONCE) await table.write(traces.slice(i, i + MOST_AT_ONCE));
}

/** What is read of a person's data, traced while it is read; without a trace nothing is shown. */
export async function traced<T>(personId: number, caller: Caller, action: Action, reading: Promise<T>): Promise<T> {
  const [found] = await Promise.all([reading, table.write(trace(personId, caller, action))]);
  return found;
}

/** A page of a person's traces, newest first. One query. */
export const list = (personId: number, { limit, after }: Paging): Promise<Page<Access>> =>
  table.page({ partition: ['pk', partitionOf(personId)], limit, after, newestFirst: true });
