import { randomInt } from 'node:crypto';
import { type Actor, everyone, type Row } from './row.ts';
import {
  assessment,
  closedTerm,
  headedClass,
  marks,
  publishedClass,
  reportCard,
  result,
  schoolClass,
  term,
} from './targets.ts';

const NOBODY: Actor = { username: 'nobody', password: '', role: 'student', token: '' };

/** Long over, so that no other test's marks come to stand in it. */
const PAST_TERM = { name: 'Autrefois', starts_on: '1990-01-01', ends_on: '1990-01-31' };

export const rows: readonly Row[] = [
  { route: 'GET /export/grades', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /dead-letters/grades', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'POST /dead-letters/grades/redrive', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /grades/export', roles: { admin: 200, teacher: 200, student: 403, guardian: 403 } },
  {
    route: 'POST /init_student',
    body: () => ({ id: randomInt(1_000_000, 1_000_000_000), name: 'Awa Diop' }),
    roles: { admin: 200, teacher: 403, student: 403 },
  },
  {
    route: 'POST /add_grade/{student_id}',
    target: marks,
    body: () => ({ grade: 12 }),
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'GET /get_grades/{student_id}',
    target: marks,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
    guardians: 200,
  },
  {
    route: 'GET /notifications',
    roles: everyone(200),
  },
  {
    route: 'GET /grades',
    roles: { admin: 200, teacher: 200, student: 403 },
  },
  {
    route: 'GET /grades/{student_id}',
    target: marks,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
    guardians: 200,
  },
  {
    route: 'PUT /grades/{student_id}',
    target: marks,
    spends: true,
    body: () => ({ grades: [12, 15.5] }),
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'PUT /grades/{student_id}/{result_id}',
    target: result,
    body: () => ({ score: 9 }),
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'PATCH /grades/{student_id}/{result_id}',
    target: result,
    body: () => ({ comment: 'relu' }),
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'DELETE /grades/{student_id}/{result_id}',
    target: result,
    spends: true,
    roles: { admin: [204, 204, 404], teacher: [204, 204, 404], student: 403 },
  },
  {
    route: 'GET /grades/{student_id}/{result_id}/history',
    target: result,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  { route: 'GET /terms', roles: everyone(200) },
  {
    route: 'POST /terms',
    body: () => PAST_TERM,
    roles: { admin: 201, teacher: 403, student: 403 },
  },
  {
    route: 'PATCH /terms/{id}',
    target: term,
    spends: true,
    body: () => ({ open: false }),
    roles: { admin: [200, 200, 404], teacher: 403, student: 403 },
  },
  { route: 'GET /classes', roles: { admin: 200, teacher: 200, student: 403 } },
  {
    route: 'GET /classes/{class_name}',
    target: schoolClass,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'PUT /classes/{class_name}',
    target: { ...schoolClass, of: async () => schoolClass.missing() },
    body: () => ({ subjects: [{ name: 'Maths' }] }),
    // One that nobody was in yet may be set up as well.
    roles: { admin: 200, teacher: 403, student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/stats',
    target: schoolClass,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  { route: 'GET /rankings/top10', roles: { admin: 200, teacher: 200, student: 403 } },
  { route: 'GET /rankings/top10.pdf', roles: { admin: 200, teacher: 200, student: 403 } },
  {
    route: 'GET /classes/{class_name}/report.pdf',
    target: schoolClass,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/report-cards.pdf',
    target: publishedClass,
    query: async () => `term=${await closedTerm()}`,
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'GET /grades/{student_id}/report-card.pdf',
    target: reportCard,
    cast: 'on a card',
    // A class without a programme is open to every teacher.
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
    guardians: 200,
  },
  {
    route: 'GET /assessments',
    query: async () => `class_name=${encodeURIComponent(await schoolClass.of(NOBODY))}`,
    roles: { admin: 200, teacher: 200, student: 403 },
  },
  {
    route: 'POST /assessments',
    body: async () => ({ class_name: await schoolClass.of(NOBODY), title: 'Devoir' }),
    roles: { admin: 201, teacher: 201, student: 403 },
  },
  {
    route: 'GET /assessments/{id}',
    target: assessment,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'GET /assessments/{id}/history',
    target: assessment,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'PATCH /assessments/{id}',
    target: assessment,
    body: () => ({ title: 'Devoir surveillé' }),
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'DELETE /assessments/{id}',
    target: assessment,
    spends: true,
    roles: { admin: [204, 204, 404], teacher: [204, 204, 404], student: 403 },
  },
  {
    route: 'GET /assessments/{id}/results',
    target: assessment,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'PUT /assessments/{id}/results',
    target: assessment,
    body: () => [{ student_id: 1, score: 12 }],
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/sheets',
    target: headedClass,
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'PUT /classes/{class_name}/sheets',
    target: headedClass,
    body: () => [{ student_id: 1, late: 2 }],
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/history',
    target: headedClass,
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/sheets/history',
    target: headedClass,
    // Of somebody who is in none of these classes.
    query: async () => 'student_id=900719925474',
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/remarks/history',
    target: headedClass,
    query: async () => 'student_id=900719925474&subject=Dessin',
    // The class is taught nothing.
    roles: { admin: [400, 400, 404], teacher: [400, 404, 404], student: 403 },
  },
  {
    route: 'GET /classes/{class_name}/remarks',
    target: headedClass,
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'PUT /classes/{class_name}/remarks',
    target: schoolClass,
    query: async () => 'subject=Dessin',
    body: () => [{ student_id: 1, text: 'Appliquée.' }],
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'POST /classes/{class_name}/report-cards',
    target: headedClass,
    body: async () => ({ term: await closedTerm() }),
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: 403 },
  },
  {
    route: 'GET /grades/{student_id}/report-cards',
    target: marks,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
    guardians: 200,
  },
  {
    route: 'POST /grades/{student_id}/report-cards/{version}/read',
    target: reportCard,
    cast: 'on a card',
    roles: { admin: [200, 404, 404], teacher: [200, 404, 404], student: [200, 404, 404] },
    guardians: 200,
  },
];
