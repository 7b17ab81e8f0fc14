import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { readContexts } from '../../project/contexts.ts';
import { projectRoot } from '../../project/root.ts';

const db = async (...args: string[]) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['tools/db.ts', ...args], { cwd: projectRoot });
  return stdout.trim().split('\n');
};

const contextsWithTable = readContexts().filter(({ resources }) =>
  Object.values(resources).some(({ Type }) => Type === 'AWS::DynamoDB::Table'),
);

test('the tables of every context are created, described and emptied from the same context.yml as the deploy', async () => {
  const stage = `db${Date.now()}`;
  const missing = await db('describe', '--stage', stage);
  expect(missing).toHaveLength(contextsWithTable.length);
  expect(missing.every((line) => line.includes('MISSING'))).toBe(true);
  const created = await db('create', '--stage', stage);
  expect(created.every((line) => line.includes(`campus-${stage}-`) && line.includes('ACTIVE'))).toBe(true);
  expect(await db('create', '--stage', stage)).toEqual(created);
  expect(await db('reset', '--yes', '--stage', stage)).toEqual(created);
});

test('nothing is deleted elsewhere than on this machine without --yes', async () => {
  const elsewhere = db('reset', '--endpoint', 'http://dynamodb.example:8000');
  await expect(elsewhere).rejects.toThrow('add --yes to mean it');
});
