import * as z from 'zod';
import { rule } from '../../platform/http/rule.ts';
import { IntegerId } from '../../platform/ids.ts';
import { Phone } from '../../platform/phone.ts';
import { Email, fold, line, Username } from '../../platform/text.ts';

/** The path of one student. */
export const StudentPath = z.object({ id: IntegerId });

/** The path of what the source documents call by `student_id`. */
export const EnrolmentPath = z.object({ student_id: IntegerId });

const Name = line(200);
const PartOfName = line(100);
const ClassName = line(100);

/** `POST /register`. How the three names go together: `namesOf`. */
export const Registration = z.strictObject({
  name: Name,
  email: Email,
  phone: Phone.optional(),
  class_name: ClassName.optional(),
  first_name: PartOfName.optional(),
  last_name: PartOfName.optional(),
  username: Username.optional(),
});
export type Registration = z.output<typeof Registration>;

/** `PATCH /students/{id}`, a JSON merge patch (RFC 7396): null takes an optional field away. */
export const Amendment = z.strictObject({
  name: Name.optional(),
  first_name: PartOfName.nullable().optional(),
  last_name: PartOfName.nullable().optional(),
  email: Email.optional(),
  phone: Phone.nullable().optional(),
  class_name: ClassName.nullable().optional(),
  username: Username.nullable().optional(),
});
export type Amendment = z.output<typeof Amendment>;

/** A student as others see them. Rows that were imported may lack an email. */
export const StudentView = z.object({
  id: z.int(),
  name: z.string(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  class_name: z.string().optional(),
  username: z.string().optional(),
  paid: z.boolean(),
  /** Whether the grades service has been told of the student and so is kept up to date. */
  notified: z.boolean(),
  registered_at: z.iso.datetime(),
});

/** A student as it is stored. */
export interface Student extends z.output<typeof StudentView> {
  readonly version: number;
}

const unsearchable = rule('unsearchable', {
  fr: 'Aucune lettre ni aucun chiffre à chercher',
  en: 'No letter or digit to search for',
});

const Search = (max: number) =>
  line(max)
    .transform(fold)
    .refine((text) => text !== '', unsearchable);

/** The filters of `GET /students`: names by prefix, accents and case ignored; the rest exactly. */
export const Filters = z.object({
  first_name: Search(100).optional(),
  last_name: Search(100).optional(),
  class_name: Search(100).optional(),
  // An unescaped + of a query string arrives as a space.
  phone: z
    .string()
    .max(40)
    .transform((text) => text.replace(/^ /, '+'))
    .pipe(Phone)
    .optional(),
  paid: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
export type Filters = z.output<typeof Filters>;
