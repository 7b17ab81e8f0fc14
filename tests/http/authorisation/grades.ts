import { randomInt } from 'node:crypto';
import type { Row } from './row.ts';
import { marks } from './targets.ts';

export const rows: readonly Row[] = [
  {
    route: 'POST /init_student',
    body: () => ({ id: randomInt(1_000_000, 1_000_000_000), name: 'Awa Diop' }),
    roles: { admin: 200, teacher: 403, student: 403 },
  },
  {
    route: 'POST /add_grade/{student_id}',
    target: marks,
    spends: true,
    body: () => ({ grade: 12 }),
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: 403 },
  },
  {
    route: 'GET /get_grades/{student_id}',
    target: marks,
    spends: true,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
  },
];
