import * as z from 'zod';
import { Words } from './sheets.ts';

const Among = z.object({ mean: z.number().optional(), min: z.number().optional(), max: z.number().optional() });

const Subject = z.object({
  name: z.string().optional(),
  figure: z.number().optional(),
  coefficient: z.number(),
  counts: z.string(),
  class: Among.optional(),
  teachers: z.array(z.string()).default([]),
  remark: z.object({ text: z.string(), author: z.string() }).optional(),
  get parts() {
    return z.array(Subject).default([]);
  },
});
export type CardSubject = z.output<typeof Subject>;

const Content = z.object({
  school: z.object({
    name: z.string(),
    address: z.string().optional(),
    phone: z.string().optional(),
    motto: z.string().optional(),
    head_name: z.string().optional(),
  }),
  student: z.object({
    id: z.int(),
    name: z.string(),
    matricule: z.string().optional(),
    birth_date: z.string().optional(),
    birth_place: z.string().optional(),
  }),
  class_name: z.string(),
  term: z.object({ id: z.string(), name: z.string() }),
  year: z.object({ id: z.string(), name: z.string() }),
  scale: z.number(),
  head_teacher: z.string().optional(),
  subjects: z.array(Subject),
  terms: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      general: z.number().optional(),
      subjects: z.array(z.object({ name: z.string().optional(), figure: z.number().optional() })),
    }),
  ),
  general: z.number().optional(),
  class: Among.optional(),
  rank: z.int().nullable().optional(),
  ranked: z.int().optional(),
  size: z.int().optional(),
  show: z.object({ rank: z.boolean(), general: z.boolean(), class_mean: z.boolean(), extremes: z.boolean() }),
  council: Words,
});
export type Content = z.output<typeof Content>;

/** `GET /grades/{student_id}/report-cards`: published versions, the newest first. */
export const PublishedCards = z.array(
  z.object({
    id: z.string(),
    term: z.string(),
    version: z.int(),
    published_at: z.string(),
    reason: z.string().optional(),
    replaced_by: z.int().optional(),
    differs: z.boolean().optional(),
    sha256: z.string(),
    content: Content,
    read_at: z.string().optional(),
  }),
);
export type Card = z.output<typeof PublishedCards>[number];

/** Of a card what its families are shown: the class may keep ranks, averages and extremes to itself. */
export function shownTo(isStaff: boolean, content: Content): Content {
  if (isStaff) return content;
  const { show } = content;
  const among = (one: Content['class']) =>
    one && { ...(show.class_mean && { mean: one.mean }), ...(show.extremes && { min: one.min, max: one.max }) };
  const subject = (one: CardSubject): CardSubject => ({
    ...one,
    class: among(one.class),
    parts: one.parts.map(subject),
  });
  return {
    ...{ ...content, subjects: content.subjects.map(subject), class: among(content.class) },
    ...(!show.rank && { rank: undefined, ranked: undefined }),
    ...(!show.general && { general: undefined, terms: content.terms.map((one) => ({ ...one, general: undefined })) }),
  };
}
