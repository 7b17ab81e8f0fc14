import { expect, test } from '@jest/globals';
import { TELLING } from '../../deploy/audit/plugin.ts';
import { bundle } from '../../deploy/packaging/bundle.ts';
import { readContexts } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';

test('whatever writes the audit trail has it handed on to where it is kept', async () => {
  const telling: string[] = [];
  for (const { name, handler } of readContexts().flatMap(({ lambdas }) => lambdas)) {
    if (!handler.startsWith('functions/auth/')) continue;
    const { metafile } = await bundle(projectRoot, handler.replace(/\.\w+$/, ''));
    if ('functions/auth/audit.ts' in metafile.inputs) telling.push(name);
  }

  expect(telling.sort()).toEqual([...TELLING].sort());
});
