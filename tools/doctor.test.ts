import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Machine } from '../localstack/engines/choice.ts';
import { until } from '../project/until.ts';
import { examine, lineOf } from './doctor.ts';

const machine = (has: Partial<Machine>): Machine => ({
  platform: 'win32-arm64',
  wantsLocal: false,
  engineOf: () => undefined,
  localHome: () => undefined,
  javaVersion: () => undefined,
  ...has,
});

const lines = async (has: Partial<Machine>, env: NodeJS.ProcessEnv) => (await examine(machine(has), env)).map(lineOf);

test('a machine with nothing is told of each thing what it is for and how to get it', async () => {
  const env = { npm_config_user_agent: 'npm/8.19.4 node/v16.20.2 linux x64', CHROMIUM: '/nowhere/chrome', PORT: '1' };
  const said = (await lines({}, env)).join('\n');
  expect(said).toMatch(/^✗ Node of npm .*16\.20\.2.*20\.19/m);
  expect(said).toMatch(/^✗ DynamoDB .*win32-arm64.*npm install/m);
  expect(said).toMatch(/^– Java 17 .*openjdk/m);
  expect(said).toMatch(/^– Chromium .*CHROMIUM=/m);
  expect(said).toMatch(/^– AWS region .*AWS_REGION/m);
});

test('what is there is shown, and none of it asked for', async () => {
  const env = {
    npm_config_user_agent: 'npm/11.0.0 node/v20.19.0 linux x64',
    CHROMIUM: process.execPath,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'x',
  };
  const has = { engineOf: () => '/node_modules/dynoxide', javaVersion: () => 21 };
  const said = (await lines(has, env)).filter((line) => !/Python|port/.test(line));
  expect(said.length).toBeGreaterThan(5);
  expect(said.filter((line) => !line.startsWith('✓'))).toEqual([]);
});

test('a port that is taken is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await until(() => server.listening);
  const { port } = server.address() as AddressInfo;
  expect((await lines({}, { PORT: String(port) })).join('\n')).toMatch(
    new RegExp(`^✗ port ${port} .*PORT=${port + 1}`, 'm'),
  );
  server.close();
});
