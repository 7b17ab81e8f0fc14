import { endpoint } from '../../platform/http/endpoint.ts';
import { amendStudent } from './amend-student.ts';
import { confirmPayment } from './confirm-payment.ts';
import { deleteStudent } from './delete-student.ts';
import { listStudents } from './list-students.ts';
import { notifyGrades } from './notify-grades.ts';
import { readPayments } from './read-payments.ts';
import { readStudent } from './read-student.ts';
import { registerStudent } from './register-student.ts';

export const handler = endpoint(
  registerStudent,
  confirmPayment,
  notifyGrades,
  listStudents,
  readStudent,
  amendStudent,
  deleteStudent,
  readPayments,
);
