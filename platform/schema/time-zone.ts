import * as z from 'zod';
import { rule } from './rule.ts';

const unknownZone = rule('unknown_time_zone', {
  fr: 'Fuseau horaire inconnu ; écrivez-le comme Africa/Dakar (base IANA)',
  en: 'Unknown time zone; write it like Africa/Dakar (IANA database)',
});

// A name, never an offset: what is fixed knows no summer time.
const NAME = /^[A-Za-z]\w*(?:[/+-]\w+)*$/;

/** The zone as the database spells it; undefined where it has none of this name. One that goes by another keeps its own. */
function zoneNamed(name: string): string | undefined {
  if (!NAME.test(name)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}

/** A time zone by its name in the IANA database, in whatever case. */
export const TimeZone = z
  .string()
  .max(64)
  .transform((text) => text.trim())
  .refine((name) => zoneNamed(name) !== undefined, unknownZone)
  .transform((name) => zoneNamed(name) ?? name)
  .meta({ override: { type: 'string', maxLength: 64, examples: ['Africa/Dakar', 'Europe/Paris'] } });
