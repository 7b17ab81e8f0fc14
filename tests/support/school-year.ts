import { jest } from '@jest/globals';
import { handler } from '../../functions/registration/rollover.ts';
import type { Enrolment } from '../../functions/registration/year/enrolment.ts';
import type { Passage } from '../../functions/registration/year/rollover.ts';
import { clock } from '../../platform/base/clock.ts';
import { admin, call, type Received } from './call.ts';
import { read, registered } from './students.ts';

/** Stops the clock at an instant, until `jest.restoreAllMocks()`. */
export function at(time: string): void {
  jest.spyOn(clock, 'now').mockReturnValue(Date.parse(time));
}

/** When schools roll over. */
export const ROLLS_AT = '2026-09-01T08:00:00Z';

let classes = 0;

/** The name of a class that no other test of the file has. */
export function newClass(): string {
  classes += 1;
  return `Classe ${classes} B`;
}

/** Students of a class, since the year that is left began. @returns their ids; the clock stands at {@link ROLLS_AT} */
export async function classOf(count: number, class_name: string): Promise<number[]> {
  at('2025-10-01T08:00:00Z');
  const ids: number[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await registered({ class_name, name: `Élève ${i} Roule` }));
  at(ROLLS_AT);
  return ids;
}

/** Rolls 2025-2026 over into 2026-2027. */
export const rollOver = (body: object, query = '', as = admin): Promise<Received> =>
  call(handler, `POST /students/rollover${query}`, { as, body: { from: '2025-2026', to: '2026-2027', ...body } });

/** Asks what that would bring. */
export const dryRun = (body: object): Promise<Received> => rollOver(body, '?dry_run=true');

/** The stays of a student in short: year, class, whether it is repeated, and the outcome. */
export const stays = async (id: number): Promise<string[]> =>
  (await read(id)).body.enrolments.map(({ year, class_name, repeats, outcome }: Enrolment) =>
    [year, class_name, repeats && 'repeats', outcome].filter(Boolean).join(' '),
  );

/** What becomes of some students, in short. */
export const told = (passages: readonly Passage[]) =>
  passages.map(({ id, outcome, to, why, done }) => [id, outcome, to, why, done]);
