import type { Row } from './row.ts';

// What it serves beside this are pages, which tests/http/portal.test.ts asks for.
export const rows: readonly Row[] = [{ route: 'GET /', public: 200 }];
