import { randomUUID } from 'node:crypto';
import type { Row } from './row.ts';
import {
  announcedImport,
  codeOfStudent,
  deletedStudent,
  payment,
  schoolAsItIs,
  student,
  unclaimedStudent,
} from './targets.ts';

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

const FEE = {
  label: 'Scolarité',
  year: '2026-2027',
  currency: 'XOF',
  instalments: [{ amount: 1000, due_on: '2026-10-05' }],
};

export const rows: readonly Row[] = [
  { route: 'GET /export/registration', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /dead-letters/registration', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  {
    route: 'POST /dead-letters/registration/redrive',
    roles: { admin: 200, teacher: 403, student: 403, guardian: 403 },
  },
  { route: 'GET /export', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  {
    route: 'POST /register',
    spends: true,
    // A student registers themself; staff register anybody.
    body: (caller) => ({
      name: 'Fatou Diop',
      email: `${randomUUID()}@campus.example`,
      ...(caller?.role === 'student' && { username: caller.username }),
    }),
    roles: { admin: 201, teacher: 201, student: 201, guardian: 403 },
  },
  {
    route: 'POST /pay/{student_id}',
    target: student,
    // An owner pays by a simulation; an admin says that it was paid.
    body: (caller) => (caller?.role === 'admin' ? {} : { method: 'transfer' }),
    roles: forOwners(200),
  },
  { route: 'POST /notify_grades/{student_id}', target: student, roles: forAdmins(200) },
  { route: 'GET /students', roles: { admin: 200, teacher: 200, student: 403 } },
  { route: 'GET /students/mine', roles: { admin: 200, teacher: 200, student: 200 } },
  { route: 'GET /students/{id}/export', target: student, roles: forOwners(200) },
  { route: 'GET /students/export', roles: { admin: 200, teacher: 200, student: 403, guardian: 403 } },
  {
    route: 'GET /students/{id}',
    target: student,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
    guardians: 200,
  },
  { route: 'PATCH /students/{id}', target: student, body: () => ({ class_name: '3B' }), roles: forAdmins(200) },
  {
    route: 'POST /students/{id}/leave',
    target: student,
    spends: true,
    body: () => ({ on: new Date().toISOString().slice(0, 10), reason: 'Déménagement' }),
    roles: forAdmins(200),
  },
  {
    route: 'POST /students/rollover',
    query: async () => 'dry_run=true',
    // A year that no calendar knows, of nobody.
    body: () => ({ from: '2001-2002', to: '2002-2003' }),
    roles: { admin: 200, teacher: 403, student: 403 },
  },
  // Nothing is sent: what is asked here is who may.
  { route: 'POST /students/import', roles: { admin: 415, teacher: 403, student: 403 } },
  { route: 'POST /imports', body: () => ({ bytes: 1 }), roles: { admin: 201, teacher: 403, student: 403 } },
  { route: 'GET /imports/{id}', target: announcedImport, roles: forAdmins(200) },
  { route: 'POST /imports/{id}/start', target: announcedImport, roles: forAdmins(409) },
  { route: 'GET /school', roles: { admin: 200, teacher: 200, student: 200, guardian: 200 } },
  { route: 'PUT /school', body: schoolAsItIs, roles: { admin: 200, teacher: 403, student: 403 } },
  { route: 'DELETE /students/{id}', target: student, spends: true, roles: forAdmins(204) },
  {
    route: 'POST /students/{id}/restore',
    target: deletedStudent,
    spends: true,
    cast: 'on a deleted record',
    roles: forAdmins(200),
  },
  { route: 'GET /students/{id}/payments', target: student, roles: forOwners(200), guardians: 200 },
  {
    route: 'POST /fees',
    // Nobody is in the class: what is asked here is who may.
    body: () => ({ ...FEE, class_name: 'Classe sans personne' }),
    roles: { admin: 404, teacher: 403, student: 403 },
  },
  { route: 'GET /fees/due', roles: { admin: 200, teacher: 403, student: 403 } },
  {
    route: 'POST /students/{id}/waivers',
    target: student,
    spends: true,
    body: () => ({ percent: 1, reason: 'Fratrie' }),
    roles: forAdmins(201),
  },
  {
    route: 'POST /students/{id}/payments/{payment_id}/reverse',
    target: payment,
    spends: true,
    body: () => ({ reason: 'Saisi deux fois' }),
    roles: forAdmins(201),
  },
  {
    route: 'GET /students/{id}/payments/{payment_id}/receipt',
    target: payment,
    roles: forOwners(200),
    guardians: 200,
  },
  {
    route: 'GET /students/{id}/payments/{payment_id}/receipt.pdf',
    target: payment,
    roles: forOwners(200),
    guardians: 200,
  },
  { route: 'POST /students/{id}/claim-code', target: unclaimedStudent, roles: forAdmins(201) },
  {
    route: 'POST /students/claim',
    spends: true,
    body: codeOfStudent,
    roles: { admin: 403, teacher: 403, student: 200, guardian: 403 },
  },
  {
    route: 'PUT /students/{id}/guardians',
    target: student,
    spends: true,
    body: () => ['victor'],
    roles: forAdmins(200),
  },
  { route: 'GET /students/{id}/guardians/history', target: student, roles: forAdmins(200) },
];
