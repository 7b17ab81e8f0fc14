import type { Role } from '../../platform/http/access.ts';

/** The accounts of a local start, with the passwords of the source documents. */
export const DEMO_ACCOUNTS: readonly [username: string, password: string, role: Role, email?: string][] = [
  ['admin', 'admin', 'admin'],
  ['prof', 'prof', 'teacher'],
  ['victor', '1234', 'student'],
  ['kilian', 'abcd', 'student'],
  ['baptiste', 'pass', 'student'],
  ['parent', 'parent', 'guardian', 'parent@campus.example'],
];
