import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { ImportPath, ImportView } from './import.ts';
import * as imports from './import-store.ts';
import { viewOf } from './requested-import.ts';

export const readImport = operation({
  route: 'GET /imports/{id}',
  summary: 'Read how far an import is, and what it came to',
  description:
    'Numbers while it is under way; the errors, row by row, and the rejected rows as a file to mend, once it is done.',
  access: allow('admin'),
  path: ImportPath,
  answers: { 200: ImportView },
  problems: [problem.import_not_found],
  handle: async ({ path }) => ok(await viewOf(await imports.get(path.id))),
});
