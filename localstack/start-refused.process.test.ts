import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../project/ports.ts';
import { until } from '../project/until.ts';
import { endLaunched, launch, launchReady, modeOf, newFolder } from '../tests/support/starts.ts';
import type { Campus } from '../tests/support/supervisor.ts';

afterEach(endLaunched);

async function refusal(campus: Campus): Promise<string> {
  expect(await campus.exited).toBe(1);
  expect(campus.output().trimEnd().split('\n')).toHaveLength(1);
  return campus.output();
}

describe('a start that cannot work says why in one line and exits with 1', () => {
  test('the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until(() => server.listening);
    const { port } = server.address() as { port: number };
    expect(await refusal(launch(port, newFolder()))).toContain(`port ${port} is already taken`);
    server.close();
  });

  test('the port is no port', async () => {
    expect(await refusal(launch('http', newFolder()))).toContain('PORT must be a number');
  });

  test.each([
    ['3000,abc', /not "abc"/],
    ['3000,', /not ""/],
    ['3471,3472,3471', /names 3471 twice/],
  ])('PORT=%s is no list of ports', async (ports, reason) => {
    expect(await refusal(launch(ports, newFolder()))).toMatch(reason);
  });

  test('one of several ports is taken, which one', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until(() => server.listening);
    const { port } = server.address() as { port: number };
    expect(await refusal(launch(`${await freePort()},${port}`, newFolder()))).toContain(
      `port ${port} is already taken`,
    );
    server.close();
  });

  test('no folder can be made there', async () => {
    expect(await refusal(launch(await freePort(), '/proc/campus/data'))).toContain('is not writable');
  });

  test('the data folder is a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusal(launch(await freePort(), file))).toContain('is not writable');
  });

  test('the data folder is in use for something else, which is left as it is', async () => {
    const data = newFolder();
    chmodSync(data, 0o755);
    writeFileSync(join(data, 'thesis.txt'), '', { mode: 0o644 });
    expect(await refusal(launch(await freePort(), data))).toContain('holds other things');
    expect([modeOf(data), modeOf(join(data, 'thesis.txt'))]).toEqual([0o755, 0o644]);
  });

  test('nothing can be written, on which disk', async () => {
    const data = newFolder();
    const said = await refusal(launch(await freePort(), data, { longestFile: 1 }));
    expect(said).toMatch(
      /^Campus cannot start: nothing more can be written into .* \((?:EFBIG|SQLite says full); disk of \/.*MB free\)\.$/m,
    );
    expect(said).toContain(data);
  });

  test.each([
    ['secrets/jwt-signing-key', 'no key ring', /The key ring is not JSON/],
    ['secrets/jwt-signing-key', '{"keys":[]}', /The key ring must be/],
    ['secrets/signing-secret', '', /The key ring is empty/],
    ['secrets/signing-secret', '{"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]}', /The key ring must be/],
    ['fauxqs.db', 'no database '.repeat(100), /the queues .* cannot be read/],
    // DynamoDB Local keeps another file, under a name that its keys decide.
    ...(process.env.CAMPUS_DYNAMODB === 'local'
      ? []
      : [['dynamodb.sqlite', 'no database '.repeat(100), /did not start: .*database/] as const]),
  ])('%s is of no use (%#)', async (file, text, reason) => {
    const data = newFolder();
    mkdirSync(join(data, 'secrets'));
    for (const [path, content] of [
      ['lock', ''],
      [file, text],
    ] as const)
      writeFileSync(join(data, path), content);
    const said = await refusal(launch(await freePort(), data));
    expect(said).toMatch(reason);
    if (!file.startsWith('dynamodb')) expect(said).toContain(join(data, file));
    expect(readFileSync(join(data, file), 'utf8')).toBe(text);
  });

  test('another Campus runs on the same data', async () => {
    const data = newFolder();
    const first = await launchReady(data);
    expect(await refusal(launch(await freePort(), data))).toContain('another Campus already runs');
    expect(first.child.exitCode).toBeNull();
  });
});
