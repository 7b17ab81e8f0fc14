import { epochSeconds, timestamp } from '../../../platform/base/clock.ts';
import { newId } from '../../../platform/base/ids.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import { key } from '../../../platform/data/key.ts';
import type { Key } from '../../../platform/data/table.ts';
import { absent, lostUpdate, put, versionIs, type Write } from '../../../platform/data/write.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import type { Import, NewImport } from './import.ts';

/** For how long an import can be asked for: as long as its files are kept. */
const KEPT_SECONDS = 30 * 24 * 3600;

const keyOf = (id: string): Key => ({ pk: key`IMPORT#${keyPart(id)}`, sk: key`IMPORT` });

/** An import by id. One read. */
export const find = (id: string): Promise<Import | undefined> => table.get<Import>(keyOf(id));

/** The same. @throws import_not_found */
export async function get(id: string): Promise<Import> {
  const one = await find(id);
  if (!one) throw problem.import_not_found();
  return one;
}

/** An import as it begins. */
export const draft = (asked: NewImport, by: string): Import => ({
  ...asked,
  id: newId(),
  by,
  created_at: timestamp(),
  language: currentScope()?.language ?? 'fr',
  state: 'waiting',
  rows_done: 0,
  ...{ accepted: 0, unchanged: 0, rejected: 0 },
  parts: [],
  version: 1,
});

const item = (one: Import) => ({ ...one, ...keyOf(one.id), ttl: epochSeconds() + KEPT_SECONDS });

/** Stores a new import. */
export const insert = (one: Import): Write[] => [put(item(one), absent(lostUpdate))];

/** Puts an import in place of the one that was read, a version on. @throws LostUpdate where somebody else did meanwhile */
export const replace = (before: Import, changes: Partial<Import>): Write[] => [
  put(item({ ...before, ...changes, version: before.version + 1 }), versionIs(before.version, lostUpdate)),
];
