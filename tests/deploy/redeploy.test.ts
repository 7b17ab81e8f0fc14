import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { projectRoot } from '../../project/root.ts';
import { environmentOf } from './packaged.ts';

const NO_STACK = `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>
<Message>Stack with id campus does not exist</Message></Error></ErrorResponse>`;

/** What a deployment of a package asks of CloudFormation first of all, where there is no stack yet. */
async function firstChangeSet(stage: string): Promise<URLSearchParams | undefined> {
  const asked: URLSearchParams[] = [];
  const cloud = createServer(async (request, response) => {
    asked.push(new URLSearchParams(await text(request)));
    response.writeHead(400, { 'Content-Type': 'text/xml' }).end(NO_STACK);
  }).listen(0, '127.0.0.1');
  await once(cloud, 'listening');
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  const { port } = cloud.address() as AddressInfo;
  const osls = spawn(process.execPath, [program, 'deploy', '--stage', stage, '--package', `.build/packages/${stage}`], {
    cwd: projectRoot,
    env: environmentOf({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }),
    stdio: 'ignore',
    timeout: 80_000,
  });
  await once(osls, 'close');
  cloud.close();
  return asked.find((one) => one.get('Action') === 'CreateChangeSet');
}

test('a stage that keeps data finds again what a removal or a failed first deployment left, by its name', async () => {
  const asked = await firstChangeSet('prod');
  expect([asked?.get('StackName'), asked?.get('ImportExistingResources')]).toEqual(['campus-prod', 'true']);
});

test('… and one that keeps none begins anew', async () => {
  const asked = await firstChangeSet('dev');
  expect([asked?.get('StackName'), asked?.get('ImportExistingResources')]).toEqual(['campus-dev', null]);
});
