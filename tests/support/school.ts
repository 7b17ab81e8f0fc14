import { expect } from '@jest/globals';
import { handler as assessmentHandler } from '../../functions/grades/assessments.ts';
import { handler as classHandler } from '../../functions/grades/classes.ts';
import { handler as councilHandler } from '../../functions/grades/council.ts';
import { handler as documentHandler } from '../../functions/grades/documents.ts';
import { handler as markHandler } from '../../functions/grades/marks.ts';
import { handler as noticeHandler } from '../../functions/grades/notices.ts';
import { handler as consumer } from '../../functions/grades/on-student-event.ts';
import { handler as cardHandler } from '../../functions/grades/report-cards.ts';
import { admin, call, type Identity, type Received, routeFor, routesOf } from './call.ts';
import { deliver, told } from './deliver.ts';

const HANDLERS = [
  ...[markHandler, classHandler, assessmentHandler, councilHandler, cardHandler, noticeHandler],
  documentHandler,
];

function servedBy(request: string) {
  const [method = '', path = ''] = request.split(/[ ?]/);
  const found = HANDLERS.find((handler) => routeFor(routesOf(handler), method, path));
  if (!found) throw new Error(`No handler of grades serves ${request}`);
  return found;
}

/** Calls whatever Lambda of grades serves a route. */
export const ask = (request: string, body?: unknown, as: Identity = admin): Promise<Received> =>
  call(servedBy(request), request, { as, ...(body !== undefined && { body }) });

/** The same where it must go well. @returns the body */
export async function asked(request: string, body?: unknown, as?: Identity): Promise<Received['body']> {
  const answer = await ask(request, body, as);
  if (answer.status >= 300) expect({ request, status: answer.status, body: answer.body }).toBe('well');
  return answer.body;
}

/** What registration tells of a student. */
export interface Told {
  readonly name?: string;
  readonly class_name?: string;
  readonly username?: string;
  readonly guardians?: readonly string[];
  readonly phone?: string;
  readonly status?: string;
  readonly left_on?: string;
  readonly enrolments?: readonly Stay[];
}

/** A stay in a class as registration tells it. */
export interface Stay {
  readonly class_name: string;
  readonly from: string;
  readonly to?: string;
}

/** Tells of students as registration does. */
export async function tell(id: number, version: number, particulars: Told = {}): Promise<void> {
  const message = told('campus.student.changed', { id, version, name: `Élève ${id}`, ...particulars });
  expect(await deliver(consumer, [message])).toEqual([]);
}

/** Stays as registration tells of them, with what follows: the class of today, or that the student has left. */
export const stays = (...enrolments: readonly Stay[]): Told => {
  const last = enrolments.at(-1);
  if (last?.to === undefined) return { status: 'enrolled', enrolments, ...(last && { class_name: last.class_name }) };
  const left_on = new Date(Date.parse(last.to) + 24 * 3600 * 1000).toISOString().slice(0, 10);
  return { status: 'left', enrolments, left_on };
};

/** Tells that a student was deleted. */
export async function tellGone(id: number, version: number): Promise<void> {
  expect(await deliver(consumer, [told('campus.student.deleted', { id, version })])).toEqual([]);
}

let lastId = 100;

/** Ids that no student of this file has yet. */
export const newStudents = (count: number): number[] => Array.from({ length: count }, () => ++lastId);

/** A class of new students. @returns their ids */
export async function classOf(count: number, class_name: string, particulars: Told = {}): Promise<number[]> {
  const ids = newStudents(count);
  for (const id of ids) await tell(id, 1, { ...particulars, class_name });
  return ids;
}

/** A new assessment. @returns its id */
export const assess = async (class_name: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  (await asked('POST /assessments', { class_name, title: 'Devoir', ...more })).id;

/** Enters scores of some students in an assessment. */
export const enter = (
  assessment: string,
  scores: Readonly<Record<number, number | string | null>>,
): Promise<Received> =>
  ask(
    `PUT /assessments/${assessment}/results`,
    Object.entries(scores).map(([id, score]) => ({
      student_id: Number(id),
      ...(typeof score === 'string' ? { status: score } : { score }),
    })),
  );
