import * as z from 'zod';
import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { problem } from './problems.ts';
import { EnrolmentPath } from './student.ts';
import { notified } from './student-events.ts';
import { changeStudent } from './student-store.ts';

export const notifyGrades = operation({
  route: 'POST /notify_grades/{student_id}',
  summary: 'Tell the grades service of a student',
  description:
    'From then on it also hears of every change. The message is kept until the queue has taken it, so `queued` holds even while the queue is down. May be repeated.',
  access: allow('admin'),
  path: EnrolmentPath,
  answers: {
    200: z.object({
      status: z.string(),
      grades_response: z.object({ message_id: z.string(), queued: z.literal(true) }),
    }),
  },
  problems: [problem.student_not_found],
  async handle({ path }) {
    const {
      told: [message],
    } = await changeStudent(path.student_id, (student) => ({ ...student, notified: true }), {
      tell: (student) => [notified(student)] as const,
    });
    return ok({ status: 'notification envoyée', grades_response: { message_id: message.id, queued: true as const } });
  },
});
