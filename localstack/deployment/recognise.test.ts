import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { freePort } from '../../project/ports.ts';
import { LOCALSTACK_VERSION } from '../host/settings.ts';
import { emulatorAt } from './recognise.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something that listens, and answers these paths with these bodies. */
async function listening(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    response.statusCode = url in answers ? 200 : 404;
    response.end(JSON.stringify(answers[url] ?? {}));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const health = (edition: string, version = LOCALSTACK_VERSION) => ({ '/_localstack/health': { edition, version } });
const hooks = (state: string) => ({
  '/_localstack/init': { scripts: [{ stage: 'START', name: 'request_authorizers.py', state }] },
});

test.each([
  ['community', 'its container'],
  ['unknown', 'a start without Docker'],
])(
  'the free LocalStack with our hooks, which calls its edition %s in %s, is known, and that it has no mail',
  async (edition) => {
    const endpoint = await listening({ ...health(edition), ...hooks('SUCCESSFUL') });
    expect(await emulatorAt(endpoint, 0)).toEqual({
      name: `LocalStack ${LOCALSTACK_VERSION}, free edition`,
      lacks: 'AWS::SES::Template',
    });
  },
);

test.each([
  ['has none of our hooks', health('community')],
  ['whose hook failed', { ...health('community'), ...hooks('ERROR') }],
  ['is of another version', { ...health('community', '4.13.0'), ...hooks('SUCCESSFUL') }],
])('a free LocalStack that %s is refused with the way to start the right one', async (_, answers) => {
  const endpoint = await listening(answers);
  await expect(emulatorAt(endpoint, 0)).rejects.toThrow(/runs without what Campus adds.+npm run localstack/);
});

test('a LocalStack with an account needs no hooks', async () => {
  const endpoint = await listening(health('pro', '2026.3.0'));
  expect(await emulatorAt(endpoint, 0)).toEqual({ name: 'LocalStack 2026.3.0, pro edition', lacks: '' });
});

test('MiniStack is known, though it answers where LocalStack does', async () => {
  const endpoint = await listening({ ...health('light', '1.5.33'), '/_ministack/health': { version: '1.5.33' } });
  expect(await emulatorAt(endpoint, 0)).toEqual({ name: 'MiniStack 1.5.33', lacks: '' });
});

test('what is neither is said to be neither, and nothing is said to be nothing', async () => {
  await expect(emulatorAt(await listening({}), 0)).rejects.toThrow(/neither LocalStack nor MiniStack/);
  await expect(emulatorAt(`http://127.0.0.1:${await freePort()}`, 0)).rejects.toThrow(/nothing answers at/);
});
