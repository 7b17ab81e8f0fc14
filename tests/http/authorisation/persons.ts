import { everyone, type Row } from './row.ts';
import { codeOfPerson, person, unclaimedPerson } from './targets.ts';

const body = () => ({ name: 'Fatou Diop' });

export const rows: readonly Row[] = [
  { route: 'GET /export/persons', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'POST /persons', body, roles: { admin: 201, teacher: 201, student: 403 } },
  { route: 'GET /persons', roles: { admin: 200, teacher: 200, student: 403 } },
  {
    route: 'GET /persons/{id}',
    target: person,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
  },
  // One's own: whose else, an admin may say.
  { route: 'GET /persons/owned', roles: everyone(200) },
  { route: 'PUT /persons/{id}', target: person, body, roles: { admin: [200, 200, 404], teacher: 403, student: 403 } },
  { route: 'DELETE /persons/{id}', target: person, roles: { admin: [204, 204, 404], teacher: 403, student: 403 } },
  {
    route: 'POST /persons/{id}/claim-code',
    target: unclaimedPerson,
    roles: { admin: [201, 201, 404], teacher: 403, student: 403 },
  },
  { route: 'POST /persons/claim', body: codeOfPerson, roles: everyone(200) },
];
