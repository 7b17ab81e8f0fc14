import { randomUUID } from 'node:crypto';
import type { Row } from './row.ts';
import { spentStudent, student } from './targets.ts';

const forAdmins = (status: number): NonNullable<Row['roles']> => ({
  admin: [status, status, 404],
  teacher: 403,
  student: 403,
});
const forOwners = (status: number): NonNullable<Row['roles']> => ({
  admin: [status, status, 404],
  teacher: [status, 404, 404],
  student: [status, 404, 404],
});

export const rows: readonly Row[] = [
  {
    route: 'POST /register',
    spends: true,
    // A student registers themself; staff register anybody.
    body: (caller) => ({
      name: 'Fatou Diop',
      email: `${randomUUID()}@campus.example`,
      ...(caller?.role === 'student' && { username: caller.username }),
    }),
    roles: { admin: 201, teacher: 201, student: 201 },
  },
  { route: 'POST /pay/{student_id}', target: student, roles: forOwners(200) },
  { route: 'POST /notify_grades/{student_id}', target: student, roles: forAdmins(200) },
  { route: 'GET /students', roles: { admin: 200, teacher: 200, student: 403 } },
  {
    route: 'GET /students/{id}',
    target: student,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
  },
  { route: 'PATCH /students/{id}', target: student, body: () => ({ class_name: '3B' }), roles: forAdmins(200) },
  { route: 'DELETE /students/{id}', target: spentStudent, spends: true, roles: forAdmins(204) },
  { route: 'GET /students/{id}/payments', target: student, roles: forOwners(200) },
];
