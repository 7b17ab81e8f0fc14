import * as z from 'zod';
import { Country } from '../../../platform/schema/country.ts';
import { Phone } from '../../../platform/schema/phone.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line, paragraph } from '../../../platform/schema/text.ts';
import { TimeZone } from '../../../platform/schema/time-zone.ts';

/** The most bytes of a logo: with the rest of the school it fits one message of 256 KB. */
const MOST_LOGO_BYTES = 64 * 1024;

/** By what the bytes of an image begin with: what it calls itself is what it is. */
const SIGNATURES: Readonly<Record<string, readonly number[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpeg: [0xff, 0xd8, 0xff],
};

const DATA_URL = /^data:image\/(png|jpeg);base64,((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

function isLogo(text: string): boolean {
  const [, type = '', base64 = ''] = DATA_URL.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length <= MOST_LOGO_BYTES && (SIGNATURES[type]?.every((byte, i) => bytes[i] === byte) ?? false);
}

const invalidLogo = rule('invalid_logo', {
  fr: 'Une image PNG ou JPEG de 64 Kio au plus, en URL de données (data:image/png;base64,…)',
  en: 'A PNG or JPEG image of 64 KiB at most, as a data URL (data:image/png;base64,…)',
});

/** Pixels only: an SVG is a document, which may hold scripts and addresses. */
const Logo = z
  .string()
  .max(Math.ceil(MOST_LOGO_BYTES / 3) * 4 + 32)
  .refine(isLogo, invalidLogo);

const impossibleStart = rule('impossible_day', {
  fr: 'Un mois et un jour qui reviennent chaque année, comme 08-01',
  en: 'A month and a day that come every year, like 08-01',
});

const YearStart = z
  .string()
  .regex(/^\d{2}-\d{2}$/)
  .refine((day) => z.iso.date().safeParse(`2001-${day}`).success, impossibleStart)
  .meta({ override: { type: 'string', pattern: '^\\d{2}-\\d{2}$', examples: ['08-01'] } });

/** What a school that has said nothing yet is taken for. */
const UNSAID = { name: 'Campus', time_zone: 'UTC', year_starts: '08-01' } as const;

/** `PUT /school`: all that stands on cards and receipts, and the time zone in which days begin and end. */
export const SchoolFields = z.strictObject({
  name: line(200),
  address: paragraph(500),
  phone: Phone,
  /** What the ministry calls it. */
  code: line(50).optional(),
  motto: line(200).optional(),
  head_name: line(100),
  country: Country,
  time_zone: TimeZone,
  logo: Logo.optional(),
  /** Month and day on which a school year begins. */
  year_starts: YearStart.default(UNSAID.year_starts),
});
export type SchoolFields = z.output<typeof SchoolFields>;

/** The school as everybody who is signed in sees it; of one that was never described, what is taken for granted. */
export const SchoolView = z.object({
  name: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  code: z.string().optional(),
  motto: z.string().optional(),
  head_name: z.string().optional(),
  country: z.string().optional(),
  time_zone: z.string(),
  logo: z.string().optional(),
  year_starts: z.string(),
});

/** The school as it is stored. */
export interface School extends z.output<typeof SchoolView> {
  /** 0 while nobody has described it. */
  readonly version: number;
}

/** A school that nobody has described yet. */
export const UNDESCRIBED: School = { ...UNSAID, version: 0 };
