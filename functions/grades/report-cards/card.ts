import * as z from 'zod';
import type { KeyPart } from '../../../platform/base/key-part.ts';
import type { ClassRef } from '../classes/class-ref.ts';
import { Words } from '../council/sheet.ts';
import { Among, SubjectReport } from '../figures/report.ts';

/** A remark as it is printed, and by whom it is. */
const Remark = z.object({ text: z.string(), author: z.string() });

/** A subject of a card: its figures, who teaches it, and what they say. Of a divided term it has no figure of its own. */
const CardSubject = SubjectReport.omit({ parts: true }).extend({
  teachers: z.array(z.string()),
  remark: Remark.optional(),
  get parts() {
    return z.array(CardSubject);
  },
});
export type CardSubject = z.input<typeof CardSubject>;

/** The figures of another term of the year, beside those of the card's own. */
const Column = z.object({
  id: z.string(),
  name: z.string(),
  weight: z.number(),
  general: z.number().optional(),
  subjects: z.array(z.object({ name: z.string().optional(), figure: z.number().optional() })),
});
export type Column = z.input<typeof Column>;

const Shows = z.object({ rank: z.boolean(), general: z.boolean(), class_mean: z.boolean(), extremes: z.boolean() });

/** Who the student is, as a card prints it. */
const CardStudent = z.object({
  id: z.int(),
  name: z.string(),
  matricule: z.string().optional(),
  birth_date: z.string().optional(),
  birth_place: z.string().optional(),
});
export type CardStudent = z.input<typeof CardStudent>;

const CardSchool = z.object({
  name: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  code: z.string().optional(),
  motto: z.string().optional(),
  head_name: z.string().optional(),
  country: z.string().optional(),
});

/** All that a card prints, frozen when it was published: nothing that becomes of marks, names or the school changes it. */
export const CardContent = z.object({
  school: CardSchool,
  student: CardStudent,
  class_name: z.string(),
  term: z.object({
    id: z.string(),
    name: z.string(),
    starts_on: z.string().optional(),
    ends_on: z.string().optional(),
  }),
  year: z.object({ id: z.string(), name: z.string() }),
  scale: z.int(),
  pass_mark: z.number(),
  head_teacher: z.string().optional(),
  subjects: z.array(CardSubject),
  /** What teachers are called, by the usernames that stand above. */
  people: z.record(z.string(), z.string()).optional(),
  /** The terms of the year side by side: on the card of its last leaf the earlier ones, on that of a divided term its own. */
  terms: z.array(Column),
  general: z.number().optional(),
  class: Among.optional(),
  rank: z.int().nullable().optional(),
  ranked: z.int().optional(),
  size: z.int().optional(),
  /** What the class showed its families then: a page that they read shows no more. */
  show: Shows,
  /** What the council said. */
  council: Words,
});
export type CardContent = z.input<typeof CardContent>;

/** What a card was made of, so that whether it still holds costs a few small reads. */
export interface MadeOf {
  readonly books: readonly { readonly ref: ClassRef; readonly term: KeyPart; readonly gen: number }[];
  /** How often the council had said something. */
  readonly council: number;
  /** Of the terms of the year, a digest: a new one may be shown beside the others. */
  readonly year: string;
}

/** Digests of what a card prints, the school's letterhead aside. */
export interface Digests {
  /** Of everything: another one is another card. */
  readonly printed: string;
  /** Of what families see without a card: of the figures and who the student is. */
  readonly figures: string;
  /** Of who the student is. */
  readonly student: string;
}

/** The card of a student in a term that stands, and which there were. */
export interface Last {
  readonly student_id: number;
  readonly term: KeyPart;
  readonly ref: ClassRef;
  readonly version: number;
  readonly versions: readonly { readonly id: KeyPart; readonly version: number; readonly at: string }[];
  readonly digests: Digests;
  readonly made_of: MadeOf;
  readonly show: z.input<typeof Shows>;
}

/** A published card as it is stored; nothing of it ever changes but who has read it. */
export interface Card {
  readonly id: KeyPart;
  readonly student_id: number;
  readonly term: KeyPart;
  readonly version: number;
  readonly published_at: string;
  readonly published_by: string;
  readonly replaces?: number;
  readonly reason?: string;
  readonly sha256: string;
  /** Of its PDF in French, and in English, once there is one. */
  readonly pdf_sha256?: string;
  readonly pdf_sha256_en?: string;
  readonly content: CardContent;
  /** Whether the class had a programme: without one it is open to every teacher. */
  readonly has_programme: boolean;
  /** Which account read it when. */
  readonly reads: Readonly<Record<string, string>>;
}

/** A card as it is read. */
export const CardView = z.object({
  id: z.string(),
  term: z.string(),
  version: z.int(),
  published_at: z.iso.datetime(),
  /** The version that this one takes the place of, and why. */
  replaces: z.int().optional(),
  reason: z.string().optional(),
  /** The version that stands in its place. */
  replaced_by: z.int().optional(),
  /** Of the version that stands: whether it would be printed otherwise today. */
  differs: z.boolean().optional(),
  /** SHA-256 of the content in canonical JSON, in hexadecimal. */
  sha256: z.string(),
  /** SHA-256 of its PDF in French, and in English, as it was first made and is kept. */
  pdf_sha256: z.string().optional(),
  pdf_sha256_en: z.string().optional(),
  content: CardContent,
  /** When the reader confirmed having read it. */
  read_at: z.iso.datetime().optional(),
  /** To the staff: who published it, and who has read it. */
  published_by: z.string().optional(),
  reads: z.array(z.object({ username: z.string(), at: z.iso.datetime() })).optional(),
});
