import { clock } from '../../../platform/base/clock.ts';
import { allow } from '../../../platform/http/access.ts';
import { created } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { table } from '../table.ts';
import { ImportToUpload, NewImport } from './import.ts';
import * as files from './import-files.ts';
import * as imports from './import-store.ts';
import { viewOf } from './requested-import.ts';

export const createImport = operation({
  route: 'POST /imports',
  summary: 'Announce a large file of students',
  description:
    'For up to 100,000 rows and 32 MiB. The answer says how the file is uploaded: a PUT to `upload.url`, with exactly `upload.headers`, within the hour; the store takes no other size. `POST /imports/{id}/start` then begins, and `GET /imports/{id}` tells how far it is. Imports and their files are kept for thirty days.',
  access: allow('admin'),
  body: NewImport,
  answers: { 201: ImportToUpload },
  changes: table,
  async handle({ body, caller, commit }) {
    const one = imports.draft(body, caller.username);
    const expires_at = new Date(clock.now() + files.GOOD_SECONDS * 1000).toISOString();
    const upload = { ...files.upload(one), expires_at };
    const view = await viewOf(one);
    return commit(() => ({
      writes: imports.insert(one),
      answer: created({ ...view, upload }, `/imports/${one.id}`),
    }));
  },
});
