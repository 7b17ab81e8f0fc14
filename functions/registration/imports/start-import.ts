import { problem as common } from '../../../platform/base/problems.ts';
import { allow } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { problem } from '../problems.ts';
import { table } from '../table.ts';
import { type Import, ImportPath, ImportView } from './import.ts';
import * as files from './import-files.ts';
import * as imports from './import-store.ts';
import { goOn } from './queue.ts';
import { viewOf } from './requested-import.ts';

/** @throws not_uploaded where nothing was uploaded, or something of another size than was announced */
async function mustBeUploaded(one: Import): Promise<void> {
  const stored = await files.uploaded(one);
  if (stored?.bytes !== one.bytes) throw problem.not_uploaded();
}

export const startImport = operation({
  route: 'POST /imports/{id}/start',
  summary: 'Begin an import whose file is uploaded',
  description:
    'It goes on by itself, also after a failure. Again: the same answer, and where it is under way a push, which does nothing twice.',
  access: allow('admin'),
  path: ImportPath,
  answers: { 200: ImportView },
  problems: [problem.import_not_found, problem.not_uploaded, common.busy],
  changes: table,
  async handle({ path, commit }) {
    const answer = await commit(
      () => imports.get(path.id),
      async (before) => {
        if (before.state === 'waiting') await mustBeUploaded(before);
        const one: Import = before.state === 'waiting' ? { ...before, state: 'running' } : before;
        return { writes: one === before ? [] : imports.replace(before, one), answer: ok(await viewOf(one)) };
      },
    );
    // Before it is answered: a message that is lost is sent by the next call.
    if (answer.body.state === 'running') await goOn(path.id);
    return answer;
  },
});
