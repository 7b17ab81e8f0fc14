import * as z from 'zod';
import { timestamp } from '../../../platform/base/clock.ts';
import { Email } from '../../../platform/schema/email.ts';
import { Flag } from '../../../platform/schema/flag.ts';
import { fold } from '../../../platform/schema/fold.ts';
import { IntegerId } from '../../../platform/schema/identifiers.ts';
import { Phone, PhoneInQuery } from '../../../platform/schema/phone.ts';
import { rule } from '../../../platform/schema/rule.ts';
import { line } from '../../../platform/schema/text.ts';
import { Username } from '../../../platform/schema/username.ts';
import { ClassName, Enrolment } from '../year/enrolment.ts';
import { Contacts, ContactView, canBeReached } from './contact.ts';
import { Matricule } from './matricule.ts';

/** The path of one student. */
export const StudentPath = z.object({ id: IntegerId });

/** The path of what the source documents call by `student_id`. */
export const EnrolmentPath = z.object({ student_id: IntegerId });

const Name = line(200);
const PartOfName = line(100);

/**
 * Where a student stands with the school. What students register for themselves is `pending` until an admin accepts it;
 * `left` are those who went away.
 */
const Status = z.enum(['pending', 'enrolled', 'left']);

const impossibleBirth = rule('impossible_birth_date', {
  fr: 'Une date de naissance va de 1900 à aujourd’hui',
  en: 'A birth date lies between 1900 and today',
});

const BirthDate = z.iso.date().refine((day) => day >= '1900-01-01' && day <= timestamp().slice(0, 10), impossibleBirth);

/** As civil registers and exam forms ask for it; whoever is neither leaves it out. */
const Sex = z.enum(['F', 'M']);

/** Who a student is, beside their name: all of it may be unknown. */
const PARTICULARS = {
  email: Email,
  phone: Phone,
  username: Username,
  matricule: Matricule,
  birth_date: BirthDate,
  birth_place: line(100),
  sex: Sex,
  contacts: Contacts,
};

const unreachable = rule('no_way_to_reach', {
  fr: 'Il faut un téléphone, une adresse e-mail, ou un contact qui en a',
  en: 'A phone, an e-mail address, or a contact who has one is needed',
});

/** `POST /register`. How the three names go together: `namesOf`. */
export const Registration = z
  .strictObject({
    name: Name,
    ...z.object(PARTICULARS).partial().shape,
    class_name: ClassName.optional(),
    first_name: PartOfName.optional(),
    last_name: PartOfName.optional(),
  })
  .refine(canBeReached, { ...unreachable, path: ['email'] });
export type Registration = z.output<typeof Registration>;

const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().optional();

/** `PATCH /students/{id}`, a JSON merge patch (RFC 7396): null takes an optional field away. */
export const Amendment = z.strictObject({
  name: Name.optional(),
  first_name: orNull(PartOfName),
  last_name: orNull(PartOfName),
  email: orNull(Email),
  phone: orNull(Phone),
  username: orNull(Username),
  matricule: orNull(Matricule),
  birth_date: orNull(BirthDate),
  birth_place: orNull(PARTICULARS.birth_place),
  sex: orNull(Sex),
  contacts: orNull(Contacts),
  class_name: orNull(ClassName),
  /** The first day in `class_name`; today at the school, unless said. */
  from: z.iso.date().optional(),
  /** `enrolled` accepts what a student registered for themself, as giving them a class does; nothing undoes it. */
  status: Status.optional(),
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
  matricule: z.string().optional(),
  birth_date: z.iso.date().optional(),
  birth_place: z.string().optional(),
  sex: Sex.optional(),
  /** Whom the school may call; a guardian is shown no contact but themself. */
  contacts: z.array(ContactView).optional(),
  /** The class of the stay that goes on. */
  class_name: z.string().optional(),
  /** The class that a pending student asked for. */
  requested_class: z.string().optional(),
  /** Every stay in a class, in order. */
  enrolments: z.array(Enrolment).optional(),
  username: z.string().optional(),
  /** The usernames of those who may see what the student sees; told to staff and to the student only. */
  guardians: z.array(z.string()).optional(),
  /** Records of older versions are enrolled without saying so. */
  status: Status.default('enrolled'),
  /** The first day on which they were gone, and why they went. */
  left_on: z.iso.date().optional(),
  left_reason: z.string().optional(),
  /** Whether nothing is owed any more. */
  paid: z.boolean(),
  /** Whether the grades service has been told of the student and so is kept up to date. */
  notified: z.boolean(),
  registered_at: z.iso.datetime(),
});

/** What is still to be paid, and the day on which it is due. */
export interface Owed {
  readonly due_on: string;
  readonly amount: number;
}

/** What the lines of a student's ledger come to, beside the balance. */
export interface Books {
  /** How many lines there are: whoever reads fewer has met a change half-way. */
  readonly lines: number;
  readonly currency: string;
  /** By the day on which it is due; none of it covered. */
  readonly owed: readonly Owed[];
}

/** A student as it is stored. */
export interface Student extends z.input<typeof StudentView> {
  /** What the lines of the ledger come to, in minor units of the fee's currency; absent from records of older versions. */
  readonly balance?: number;
  /** Absent before the ledger's first change since records have it: all of the balance is then due since they registered. */
  readonly books?: Books;
  /** The marks that an import brought last, and that the grades service was told of. */
  readonly imported_marks?: readonly number[];
  /** The import and its row that this is the work of: one that was cut off does it no second time. */
  readonly imported_by?: string;
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
  /** A school year that they were in a class of; with `class_name`, of that class. */
  year: z
    .string()
    .regex(/^\d{4}(?:-\d{4})?$/)
    .optional(),
  phone: PhoneInQuery.optional(),
  matricule: Matricule.optional(),
  status: Status.optional(),
  paid: Flag.optional(),
});
export type Filters = z.output<typeof Filters>;
