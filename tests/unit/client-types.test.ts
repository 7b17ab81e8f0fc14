import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { projectRoot, textOf } from '../../project/root.ts';

test('the client has the types of openapi.json: npm run openapi after a change of it', () => {
  const made = execFileSync(process.execPath, ['tools/client-types.ts', '--print'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  expect(textOf('clients/api.ts')).toBe(made);
});
