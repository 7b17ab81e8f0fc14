import type { Row } from './row.ts';

export const rows: readonly Row[] = [
  { route: 'GET /status', public: 200 },
  { route: 'GET /openapi.json', public: 200 },
  { route: 'GET /docs', public: 200 },
  { route: 'GET /docs/{asset}', public: 404 },
  { route: 'GET /problems/{code}', public: 404 },
];
