import { key } from '../../platform/data/key.ts';
import type { Key } from '../../platform/data/table.ts';
import { alreadyDone, type Condition, put, type Write } from '../../platform/data/write.ts';
import { type School, type SchoolTold, UNTOLD } from './school.ts';
import { table } from './table.ts';
import { zoneKey } from './terms/term-store.ts';

const SCHOOL: Key = { pk: key`SCHOOL`, sk: key`SCHOOL` };

/** The school as it was last told of. One read. */
export async function school(): Promise<School> {
  const found = await table.get<SchoolTold & Key>(SCHOOL);
  if (!found) return UNTOLD;
  const { pk: _pk, sk: _sk, version: _version, ...told } = found;
  return told;
}

const isNewer = (version: number): Condition => ({
  when: 'attribute_not_exists(pk) OR #version < :told',
  names: { '#version': 'version' },
  values: { ':told': version },
  otherwise: alreadyDone,
});

/**
 * Takes over what registration tells of the school, unless as much or more is known. Its time zone stands among the terms
 * as well, so that whoever reads them knows what day it is.
 * @throws AlreadyDone
 */
export const learn = (told: SchoolTold): Write[] => [
  put({ ...SCHOOL, ...told }, isNewer(told.version)),
  put({ ...zoneKey, time_zone: told.time_zone }),
];
