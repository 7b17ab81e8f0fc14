import * as z from 'zod';
import { timestamp } from '../../platform/base/clock.ts';
import { Email } from '../../platform/schema/email.ts';
import { IntegerId } from '../../platform/schema/identifiers.ts';
import { rule } from '../../platform/schema/rule.ts';
import { line } from '../../platform/schema/text.ts';
import { Username } from '../../platform/schema/username.ts';

const impossibleBirth = rule('impossible_birth_date', {
  fr: 'Une date de naissance va de 1900 à aujourd’hui',
  en: 'A birth date lies between 1900 and today',
});

/** A calendar day, ISO 8601, on which somebody alive may have been born. */
const BirthDate = z.iso.date().refine((day) => day >= '1900-01-01' && day <= timestamp().slice(0, 10), impossibleBirth);

/** What staff write of a person: the whole of it, for `POST` and `PUT` alike. */
export const PersonFields = z.strictObject({
  name: line(200),
  birth_date: BirthDate.optional(),
  email: Email.optional(),
  /** The account that owns the record, so that its holder may read it. */
  username: Username.optional(),
});
export type PersonFields = z.output<typeof PersonFields>;

/** A person as the API shows them. */
export const PersonView = z.object({
  id: z.int().positive(),
  name: z.string(),
  birth_date: z.string().optional(),
  email: z.string().optional(),
  username: z.string().optional(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** A person as they are stored. */
export interface Person extends z.output<typeof PersonView> {
  readonly version: number;
}

/** A person once these fields replaced what was known of them. */
export const replaced = ({ id, created_at, version }: Person, fields: PersonFields): Person => ({
  id,
  ...fields,
  created_at,
  updated_at: timestamp(),
  version: version + 1,
});

/** `{id}` in a path. */
export const PersonPath = z.object({ id: IntegerId });
