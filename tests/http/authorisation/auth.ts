import { randomUUID } from 'node:crypto';
import { call, logIn } from '../../support/http.ts';
import { type Actor, everyone, type Row, type Target } from './row.ts';

const account: Target = {
  of: async ({ username }) => username,
  missing: () => `nobody-${randomUUID()}`,
};

const session: Target = {
  async of({ username, password }: Actor) {
    const token = await logIn(username, password);
    const { body } = await call('GET', '/auth/sessions', { token });
    return body.find(({ current }: { current: boolean }) => current).id;
  },
  missing: randomUUID,
};

const credentials = () => ({ username: 'victor', password: '1234' });

export const rows: readonly Row[] = [
  { route: 'GET /export/auth', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'GET /dead-letters/auth', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'POST /dead-letters/auth/redrive', roles: { admin: 200, teacher: 403, student: 403, guardian: 403 } },
  { route: 'POST /users', public: 201, body: () => ({ username: `new-${randomUUID()}`, password: randomUUID() }) },
  { route: 'POST /users/verify', public: 200, body: credentials },
  { route: 'GET /users', roles: { admin: 200, teacher: 403, student: 403 } },
  {
    route: 'GET /users/{username}',
    target: account,
    roles: { admin: [200, 200, 404], teacher: [200, 200, 404], student: [200, 404, 404] },
  },
  {
    route: 'PUT /users/{username}',
    target: account,
    body: () => ({ first_name: 'Awa' }),
    roles: { admin: [200, 200, 404], teacher: [200, 404, 404], student: [200, 404, 404] },
  },
  {
    route: 'DELETE /users/{username}',
    target: account,
    body: (caller) => ({ password: caller?.password }),
    spends: true,
    roles: { admin: [409, 204, 404], teacher: [204, 404, 404], student: [204, 404, 404] },
  },
  { route: 'POST /auth/login', public: 200, body: credentials },
  { route: 'POST /api/login', public: 200, body: credentials },
  { route: 'POST /auth/verify', public: 400, body: () => ({}) },
  { route: 'POST /auth/refresh', public: 400, body: () => ({}) },
  { route: 'POST /auth/token', public: 400, body: () => ({}) },
  { route: 'POST /auth/codes', roles: everyone(400), body: () => ({}) },
  { route: 'POST /auth/logout', spends: true, roles: everyone(204) },
  { route: 'GET /auth/sessions', roles: everyone(200) },
  { route: 'DELETE /auth/sessions/{id}', target: session, roles: everyone([204, 404, 404]) },
  { route: 'GET /.well-known/jwks.json', public: 200 },
];
