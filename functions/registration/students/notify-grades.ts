import * as z from 'zod';
import { allow, reachable } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { studentNotified } from '../events.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { EnrolmentPath } from './student.ts';
import * as students from './student-store.ts';

const Notification = z.object({
  status: z.string(),
  grades_response: z.object({ message_id: z.string(), queued: z.literal(true) }),
});

const queuedAs = (message_id: string): z.input<typeof Notification> => ({
  status: 'notification envoyée',
  grades_response: { message_id, queued: true },
});

export const notifyGrades = operation({
  route: 'POST /notify_grades/{student_id}',
  summary: 'Tell the grades service of a student',
  description:
    'From then on it also hears of every change. The message is kept until the queue has taken it, so `queued` holds even while the queue is down. May be repeated.',
  access: allow('admin'),
  path: EnrolmentPath,
  answers: { 200: Notification },
  problems: [problem.student_not_found],
  changes: table,
  handle: ({ path, caller, commit }) =>
    commit(
      async () => reachable(await students.find(path.student_id), caller, problem.student_not_found),
      (before) => {
        const student = { ...before, notified: true, version: before.version + 1 };
        const message = studentNotified(student);
        return {
          writes: students.replace(before, student),
          events: [message],
          answer: ok(queuedAs(message.event.id)),
        };
      },
    ),
});
