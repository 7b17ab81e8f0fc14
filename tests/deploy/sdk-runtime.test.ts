import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundle } from '../../deploy/packaging/bundle.ts';
import { projectRoot } from '../../project/root.ts';

/** What an SDK client sent, and what became of it. */
interface Told {
  readonly requests: readonly {
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  }[];
  readonly outcome: unknown;
}

/** Starts a service that gives these answers in turn, names it in the environment, and does `work` with the module. */
const program = (variable: string, answers: readonly (readonly [status: number, body: unknown])[], work: string) => `
  import { createServer } from 'node:http';
  import { text } from 'node:stream/consumers';
  const requests = [];
  const answers = ${JSON.stringify(answers)};
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url, headers: request.headers, body: await text(request) });
    const [status, body] = answers.shift();
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1', async () => {
    process.env.${variable} = 'http://127.0.0.1:' + server.address().port;
    const own = await import('./index.mjs');
    const outcome = await (${work})(own).catch(({ name, code, message }) => ({ name, code, message }));
    console.log(JSON.stringify({ requests, outcome }));
    process.exit(0);
  });
`;

describe.each([
  {
    module: 'platform/data/table',
    service: 'dynamodb',
    work: "({ Table }) => new Table('T').get({ pk: 'a', sk: 'b' })",
    answers: [
      [503, 'busy'],
      [200, { Item: { pk: { S: 'a' }, raw: { N: '7' } } }],
    ],
    outcome: { pk: 'a', raw: 7 },
    tries: 2,
  },
  {
    module: 'platform/data/table',
    service: 'dynamodb',
    work: "({ Table }) => new Table('T').get({ pk: 'a', sk: 'b' })",
    answers: [[400, { __type: 'x#AccessDeniedException', Message: 'no' }]],
    outcome: { name: 'AccessDeniedException', message: 'no' },
    tries: 1,
  },
  {
    module: 'platform/events/queue',
    service: 'sqs',
    work: "({ Queue }) => new Queue('Q').send([{ id: '1', body: 'b' }])",
    answers: [
      [503, 'busy'],
      [200, { Successful: [{ Id: '1', MessageId: 'm', MD5OfMessageBody: '92eb5ffee6ae2fec3ad71c777531578f' }] }],
    ],
    outcome: ['1'],
    tries: 2,
  },
] as const)('in a package, $module', ({ module, service, work, answers, outcome, tries }) => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'campus-sdk-runtime-'));
    const { code } = await bundle(projectRoot, module);
    writeFileSync(join(folder, 'index.mjs'), code);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const environment = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'of the session',
    AWS_LAMBDA_FUNCTION_NAME: 'campus',
    _X_AMZN_TRACE_ID: 'Root=1-67-1',
    T: 'marks',
    Q: 'https://sqs.eu-west-3.amazonaws.com/1/q',
  };

  function run(variable: string, env: object = environment): Told {
    writeFileSync(join(folder, 'run.mjs'), program(variable, answers, work));
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run.mjs')], {
      encoding: 'utf8',
      env: env as NodeJS.ProcessEnv,
    });
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  }

  test('asks where the environment says, signed by its keys, and tries again', () => {
    const told = run('AWS_ENDPOINT_URL');
    expect(told).toMatchObject({ outcome });
    expect(told.requests).toHaveLength(tries);
    for (const { headers } of told.requests) {
      expect(headers.authorization).toMatch(`/eu-west-3/${service}/aws4_request, `);
      expect(headers).toMatchObject({ 'x-amz-security-token': 'of the session', 'x-amzn-trace-id': 'Root=1-67-1' });
    }
  });

  test('says so where the environment has no keys', () => {
    const { AWS_ACCESS_KEY_ID: _, ...rest } = environment;
    expect(run('AWS_ENDPOINT_URL', rest).outcome).toMatchObject({ message: 'No AWS credentials in the environment' });
  });
});
