import type { Row } from './row.ts';
import { health } from './targets.ts';

const body = () => ({ weight: 71 });

/** For admins and whoever the data are about, whatever their role. */
const forOwners = (status: number): NonNullable<Row['roles']> => ({
  admin: [status, status, 404],
  teacher: [status, 404, 404],
  student: [status, 404, 404],
});

export const rows: readonly Row[] = [
  { route: 'GET /export/health', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /dead-letters/health', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'POST /dead-letters/health/redrive', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /health/{person_id}', target: health, roles: forOwners(200) },
  { route: 'POST /health/{person_id}', target: health, body, roles: forOwners(201) },
  { route: 'PUT /health/{person_id}', target: health, body, roles: forOwners(200) },
  { route: 'DELETE /health/{person_id}', target: health, roles: forOwners(204) },
  { route: 'GET /health/{person_id}/history', target: health, roles: forOwners(200) },
  {
    route: 'GET /health/{person_id}/access-log',
    target: health,
    roles: { admin: [200, 200, 404], teacher: 403, student: 403 },
  },
];
