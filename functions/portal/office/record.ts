import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { missing } from '../kit/api.ts';
import type { Way } from '../kit/form-page.ts';
import type { Visit } from '../kit/visit.ts';

const Contact = z.object({
  name: z.string(),
  relation: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  username: z.string().optional(),
  legal: z.boolean().optional(),
  pays: z.boolean().optional(),
});

const Stay = z.object({
  year: z.string(),
  class_name: z.string(),
  from: z.string(),
  to: z.string().optional(),
  repeats: z.boolean(),
  outcome: z.string().optional(),
});

/** A student as the school office is shown them. */
export const Student = z.object({
  id: z.int(),
  name: z.string(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  matricule: z.string().optional(),
  birth_date: z.string().optional(),
  birth_place: z.string().optional(),
  sex: z.string().optional(),
  username: z.string().optional(),
  contacts: z.array(Contact).default([]),
  class_name: z.string().optional(),
  requested_class: z.string().optional(),
  enrolments: z.array(Stay).default([]),
  guardians: z.array(z.string()).default([]),
  status: z.enum(['pending', 'enrolled', 'left']),
  left_on: z.string().optional(),
  left_reason: z.string().optional(),
  paid: z.boolean(),
  notified: z.boolean(),
});
export type Student = z.output<typeof Student>;

const STATES = {
  pending: { fr: 'en attente', en: 'pending' },
  enrolled: { fr: 'inscrit(e)', en: 'enrolled' },
  left: { fr: 'parti(e)', en: 'left' },
} satisfies Record<Student['status'], Localized>;

export const PAID = { fr: 'à jour', en: 'paid' } satisfies Localized;
export const OWES = { fr: 'doit', en: 'owes' } satisfies Localized;

/** Where a student stands with the school, in a word. */
export const stateOf = (visit: Visit, { status }: Pick<Student, 'status'>): string => visit.say(STATES[status]);

export const stateBadge = (visit: Visit, student: Pick<Student, 'status'>): Html =>
  html`<span class="badge${student.status === 'pending' && ' warning'}${student.status === 'enrolled' && ' good'}">${stateOf(visit, student)}</span>`;

/** The number of the student in an address. @throws Refusal 404 */
export function studentIdIn({ variables }: Visit): string {
  const id = /^[1-9]\d{0,14}$/.exec(variables.id ?? '')?.[0];
  if (!id) throw missing();
  return id;
}

/** Where the office keeps a student. */
export const recordPath = (id: number | string): string => `/portal/students/${id}/record`;

/** The student of an address, for a page that changes something of them. */
export const studentOf = (visit: Visit): Promise<Student> => visit.api.get(`/students/${studentIdIn(visit)}`, Student);

export const backToRecord = (_: Visit, { id, name }: Pick<Student, 'id' | 'name'>): Way => ({
  path: recordPath(id),
  text: name,
});
