import * as z from 'zod';
import { TimeZone } from '../../../platform/schema/time-zone.ts';
import { attempt } from './api.ts';
import { keep } from './cookies.ts';
import type { Visit } from './visit.ts';

/** For so long, in seconds, a browser keeps by which clocks its pages are written, so that not every one has to ask. */
const KEPT_SECONDS = 15 * 60;

/** The same where the school could not be asked: else every page would wait for a service that hangs. */
const UNKNOWN_SECONDS = 60;

/** A school as far as its time goes. */
const School = z.object({ time_zone: TimeZone.catch('UTC') });

/**
 * Finds out by which clocks a visit's pages are written: those that the browser keeps, else those of the school. They stay
 * those of UTC, which a form therefore names, where its service does not answer.
 */
export async function setClocks(visit: Visit): Promise<void> {
  const kept = TimeZone.safeParse(visit.cookies.zone);
  if (kept.success) {
    visit.zone = kept.data;
    return;
  }
  const outcome = await attempt(visit.api.get('/school', School));
  if ('value' in outcome) visit.zone = outcome.value.time_zone;
  visit.kept.push(keep('zone', visit.zone, 'value' in outcome ? KEPT_SECONDS : UNKNOWN_SECONDS));
}

/** The zone of the times in a form that came: the one that the form named, whatever became of the school meanwhile. */
export function zoneTyped(visit: Visit): string {
  const { data } = TimeZone.safeParse(visit.typed('zone'));
  return data ?? visit.zone;
}
