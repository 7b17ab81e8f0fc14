import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundle } from '../../deploy/packaging/bundle.ts';
import { projectRoot } from '../../project/root.ts';
import { CacheServer } from '../support/cache-server.ts';

const server = new CacheServer();
const folder = mkdtempSync(join(tmpdir(), 'campus-bundled-'));

beforeAll(() => server.start());
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const script = `
  import { Server } from './index.mjs';
  const server = new Server(process.argv[2]);
  console.log(await server.run((redis) => redis.ping()));
  server.close();
`;

test('a function as it is deployed has the client of a cache server beside it, not in it, and reaches a server', async () => {
  const { code, onDemand, metafile } = await bundle(projectRoot, 'platform/cache/redis-store');
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('ioredis'))).toEqual([]);
  expect([...onDemand.keys()]).toEqual(['ioredis.mjs']);
  for (const [name, content] of [['index.mjs', code], ...onDemand] as const) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'run.mjs'), script);
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'run.mjs'), server.url]);
  expect(stdout.trim()).toBe('PONG');
});
