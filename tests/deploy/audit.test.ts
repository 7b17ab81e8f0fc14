import { expect, test } from '@jest/globals';
import { TELLING } from '../../deploy/audit/plugin.ts';
import { bundles, moduleOf } from '../../deploy/packaging/bundle.ts';
import { readContexts } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';

test('whatever writes the audit trail has it handed on to where it is kept', async () => {
  const lambdas = readContexts().flatMap((context) => context.lambdas);
  const auth = lambdas.filter(({ handler }) => handler.startsWith('functions/auth/'));
  const built = await bundles(
    projectRoot,
    auth.map(({ handler }) => moduleOf(handler)),
  );
  const tells = (handler: string) => 'functions/auth/audit.ts' in (built.get(moduleOf(handler))?.metafile.inputs ?? {});
  const telling = auth.filter(({ handler }) => tells(handler)).map(({ name }) => name);
  expect(telling.sort()).toEqual([...TELLING].sort());
});
