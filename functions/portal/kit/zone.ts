import * as z from 'zod';
import { TimeZone } from '../../../platform/schema/time-zone.ts';
import { attempt } from './api.ts';
import type { Visit } from './visit.ts';

const UTC = 'UTC';

/** A school as far as its time goes. */
const School = z.object({ time_zone: TimeZone.catch(UTC) });

/** The time zone of the school; UTC where its service does not answer, which a page therefore names. */
export async function zoneOf(visit: Visit): Promise<string> {
  const outcome = await attempt(visit.api.get('/school', School));
  return 'value' in outcome ? outcome.value.time_zone : UTC;
}

/** The zone of the times in a form that came: the one that the form named, whatever became of the school meanwhile. */
export async function zoneTyped(visit: Visit): Promise<string> {
  const { data } = TimeZone.safeParse(visit.typed('zone'));
  return data ?? zoneOf(visit);
}
