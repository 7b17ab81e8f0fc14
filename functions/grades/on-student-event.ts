import { consumer, reaction } from '../../platform/events/consumer.ts';
import { StudentGone, StudentTold } from './student.ts';
import { forgetStudent, learnStudent } from './student-store.ts';

export const handler = consumer({
  'campus.student.notified': reaction(StudentTold, learnStudent),
  'campus.student.changed': reaction(StudentTold, learnStudent),
  'campus.student.deleted': reaction(StudentGone, forgetStudent),
});
