import * as z from 'zod';
import { TimeZone } from '../../platform/schema/time-zone.ts';

/**
 * What registration tells of the school. What a newer sender adds is passed over; a time zone that is unknown here is
 * refused, since days would silently begin at a wrong hour.
 */
export const SchoolTold = z.object({
  name: z.string().min(1),
  address: z.string().optional(),
  phone: z.string().optional(),
  code: z.string().optional(),
  motto: z.string().optional(),
  head_name: z.string().optional(),
  country: z.string().optional(),
  time_zone: TimeZone,
  /** A data URL. */
  logo: z.string().optional(),
  /** Month and day on which a school year begins, `08-01`. */
  year_starts: z.string().optional(),
  /** Of the sender's record: tells which of two messages is the newer. */
  version: z.int().min(1),
});
export type SchoolTold = z.output<typeof SchoolTold>;

/** The school as this context knows it. */
export type School = Omit<SchoolTold, 'version'>;

/** A school of which nothing was told yet. */
export const UNTOLD: School = { name: 'Campus', time_zone: 'UTC' };
