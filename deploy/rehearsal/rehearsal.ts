import { join } from 'node:path';
import { readContexts } from '../../project/contexts.ts';
import { ProjectCopy } from '../../project/copy.ts';
import type { Emulator } from '../../project/emulator.ts';
import { until } from '../../project/until.ts';
import { Api } from './api.ts';
import { CREDENTIALS } from './emulated.ts';
import { belongings } from './leftovers.ts';
import { BROKEN_TEMPLATE, type EmulatorKind, LEFT_TO_OTHER, LIMITS, type Limit, WORKERS } from './limits.ts';
import { consumedQueues, Queues } from './queues.ts';
import { faultsOfRoles, readCalls, readTemplate } from './roles.ts';
import { type HttpOutcome, runHttpSuite, runScript } from './scripts.ts';
import { expect, type Steps, say } from './steps.ts';

const STACK = 'campus-local';
const DEPLOYED = /Campus is deployed at (\S+)/;

interface Rehearsal {
  readonly kind: EmulatorKind;
  readonly emulator: Emulator;
  /** What of the HTTP tests is run: a part of the paths of their files; nothing for all. */
  readonly http: string;
}

/** Deploys from nothing to an emulator, uses it, changes it, breaks it and removes it. */
export async function rehearseDeployment(steps: Steps, { kind, emulator, http }: Rehearsal): Promise<void> {
  const { endpoint, folder } = emulator;
  const callsFile = join(folder, 'calls.jsonl');
  // A copy: whoever packages the project meanwhile does not disturb.
  using project = new ProjectCopy();
  let url = '';
  const deployed = await steps.step('it deploys from nothing, with demo data', async () => {
    process.env.CAMPUS_RECORD_CALLS = callsFile;
    url = await deployFrom(project.folder);
    delete process.env.CAMPUS_RECORD_CALLS;
    await new Api(url).logIn('victor', '1234');
  });
  if (!deployed) return;
  const api = new Api(url);
  await steps.step('what the gateway itself refuses is problem+json', () => refuse(url));
  await steps.step('the first admin is made', () => makeAdmin(project.folder, api));
  await steps.step('the HTTP tests pass against it', () =>
    passHttpTests(steps, kind, (names) => runHttpSuite(url, { path: http, names, workers: WORKERS[kind] })),
  );
  await steps.step('what registration tells reaches grades over SQS', () => tellGrades(api));
  await rehearseQueues(steps, project.folder, api);
  await steps.step('the ten best are printed as a mark has changed them', () => printBest(api));
  // What nobody uses is only known when everything was used.
  if (http === '')
    await steps.step('each role allows what its functions called, and nothing else', () =>
      compareRoles(project.folder, callsFile),
    );
  await steps.step('a deployment of changed code keeps the data', () => redeploy(api));
  const unbroken = LIMITS[kind].find(({ test }) => test === BROKEN_TEMPLATE);
  if (unbroken) tellOf(unbroken);
  else await steps.step(BROKEN_TEMPLATE, () => breakTemplate(api));
  await steps.step('a deployment of changed routes serves these and no others', changeRoutes);
  await steps.step('removal leaves nothing', () => remove(project.folder, endpoint));
}

const tellOf = ({ test, reason }: Limit): void => say(`– cannot pass here: ${test}: ${reason}`);

async function deployFrom(folder: string): Promise<string> {
  const { code, output } = await runScript(folder, 'deploy:local');
  const url = DEPLOYED.exec(output)?.[1];
  expect(code === 0 && url, `deploy:local ended with ${code}:\n${output}`);
  return url;
}

/** No token, a bad one, and a route that does not exist: none of them reaches a handler. */
async function refuse(url: string): Promise<void> {
  const cases = [
    { path: '/users/victor', headers: {}, code: 'unauthenticated' },
    { path: '/users/victor', headers: { Authorization: 'Bearer a.b.c' }, code: 'unauthenticated' },
    { path: '/no/such/route', headers: {}, code: 'not_found' },
  ];
  for (const { path, headers, code } of cases) {
    const response = await fetch(url + path, { headers });
    const type = response.headers.get('content-type') ?? '';
    const body = (await response.json()) as { code?: string; status?: number };
    expect(type.startsWith('application/problem+json'), `${path} answers ${type}`);
    expect(body.code === code && body.status === response.status, `${path} answers ${JSON.stringify(body)}`);
  }
}

async function makeAdmin(folder: string, api: Api): Promise<void> {
  const [username, password] = [`head.${Date.now()}`, 'a long enough one'];
  const { code, output } = await runScript(folder, `admin:create -- ${username} --stage local`, CREDENTIALS, password);
  expect(code === 0, output);
  const token = await api.logIn(username, password);
  const { body } = await api.call('GET', `/users/${username}`, undefined, token);
  expect(body.role === 'admin', `the role is ${body.role}`);
}

async function passHttpTests(
  steps: Steps,
  kind: EmulatorKind,
  runTests: (names: string | undefined) => Promise<HttpOutcome>,
) {
  const [limits, toOther] = [LIMITS[kind], LEFT_TO_OTHER[kind]];
  const { passed, failed, leftOut, failedSuites, output } = await runTests(toOther?.names);
  const isLimit = (name: string) => limits.some(({ test }) => name.startsWith(test));
  const unexpected = failed.filter((name) => !isLimit(name));
  const overcome = passed.filter((name) => limits.some(({ test, sometimes }) => !sometimes && name.startsWith(test)));
  // A file that could not be loaded has no test that failed.
  const lost = failed.length === 0 ? failedSuites : 0;
  steps.add({ passed: passed.length, failed: unexpected.length + lost });
  say(`  ${passed.length} HTTP tests passed`);
  if (toOther && leftOut.length > 0) say(`– ${leftOut.length} left to the other emulator: ${toOther.reason}`);
  for (const limit of limits) if (failed.some((name) => name.startsWith(limit.test))) tellOf(limit);
  expect(unexpected.length + lost === 0, `${unexpected.length + lost} failed:\n${output}`);
  expect(overcome.length === 0, `listed as impossible, and passed: ${overcome.join('; ')}`);
}

async function tellGrades(api: Api): Promise<void> {
  const token = await api.logIn('admin', 'admin');
  const email = `rehearsal.${Date.now()}@example.org`;
  const { status, body } = await api.call('POST', '/register', { name: 'Awa Diop', email }, token);
  expect(status === 201, `POST /register answers ${status} ${body.code}`);
  const told = await api.call('POST', `/notify_grades/${body.id}`, undefined, token);
  expect(told.status === 200, `POST /notify_grades answers ${told.status} ${told.body.code}`);
  const known = async () => (await api.call('GET', `/get_grades/${body.id}`, undefined, token)).status === 200;
  await until(known, { within: 30_000, what: 'grades knows the student' });
}

/** Printing keeps what nobody has asked for since; among tests that run at once somebody always may have. */
async function printBest(api: Api): Promise<void> {
  const token = await api.logIn('admin', 'admin');
  const { body } = await api.call('GET', '/rankings/top10', undefined, token);
  const [{ student_id: best } = { student_id: 0 }] = body as unknown as { student_id: number }[];
  const { status } = await api.call('POST', `/add_grade/${best}`, { grade: 12 }, token);
  expect(status === 200, `POST /add_grade/${best} answers ${status}`);
  const printed = await api.call('GET', '/rankings/top10.pdf', undefined, token);
  expect(printed.status === 200, `GET /rankings/top10.pdf answers ${printed.status}`);
}

async function rehearseQueues(steps: Steps, folder: string, api: Api): Promise<void> {
  const queues = new Queues();
  for (const queue of await consumedQueues(STACK)) {
    await steps.step(`${queue.name}: a poison message ends as a dead letter, and can be redriven`, async () => {
      const watched = await queues.describe(queue.url);
      expect(watched, 'it has no dead-letter queue');
      await queues.poison(watched);
      const { code, output } = await runScript(folder, `dlq -- list ${declaredName(queue.name)}`, CREDENTIALS);
      expect(code === 0 && output.endsWith('1 in the dead-letter queue\n'), `npm run dlq says: ${output}`);
      await redrive(api);
      await queues.takeBack(watched);
    });
  }
}

/** Has the context that gave up on something try it again. */
async function redrive(api: Api): Promise<void> {
  const token = await api.logIn('admin', 'admin');
  const ask = (method: string, path: string) => api.call(method, `/dead-letters/${path}`, undefined, token);
  for (const { name } of readContexts()) {
    if ((await ask('GET', name)).body.waiting !== 1) continue;
    const { status, body } = await ask('POST', `${name}/redrive`);
    expect(status === 200 && body.redriven === 1, `redriving ${name} answers ${status} ${JSON.stringify(body)}`);
    return;
  }
  expect(false, 'no context tells of it');
}

/** `campus-local-student-events` as the template and the operator call it, `StudentEvents`. */
const declaredName = (queue: string): string =>
  queue.slice(STACK.length).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

async function compareRoles(folder: string, callsFile: string): Promise<void> {
  const template = readTemplate(join(folder, '.serverless/cloudformation-template-update-stack.json'));
  const faults = faultsOfRoles(template, readCalls(callsFile));
  expect(faults.length === 0, faults.join('\n  '));
}

const WRONG_PASSWORD = { username: 'victor', password: 'not his' };

async function redeploy(api: Api): Promise<void> {
  const account = { username: `kept.${Date.now()}`, password: 'a long enough one' };
  const { status } = await api.call('POST', '/users', account);
  expect(status === 201, `POST /users answers ${status}`);
  using copy = new ProjectCopy();
  copy.edit('functions/auth/problems.ts', 'Identifiants invalides', 'Identifiants refusés');
  await deployFrom(copy.folder);
  const { body } = await api.call('POST', '/auth/login', WRONG_PASSWORD);
  expect(body.title === 'Identifiants refusés', `the changed code does not run: ${JSON.stringify(body)}`);
  await api.logIn(account.username, account.password);
}

/** A parameter with a wrong type is only found out when CloudFormation makes it, after the rest has been changed. */
const BROKEN = `
  - Resources:
      Broken:
        Type: AWS::SQS::Queue
        Properties: { QueueName: campus-local-broken, VisibilityTimeout: 999999 }
`;

async function breakTemplate(api: Api): Promise<void> {
  using copy = new ProjectCopy();
  copy.edit('functions/auth/problems.ts', 'Identifiants invalides', 'Jamais vus');
  copy.edit('serverless.yml', '\nresources:\n', `\nresources:${BROKEN}`);
  const { code, output } = await runScript(copy.folder, 'deploy:local');
  expect(code !== 0, 'the deployment of a broken template succeeded');
  expect(/Broken/.test(output), `it failed otherwise than it should:\n${output}`);
  const { status, body } = await api.call('POST', '/auth/login', WRONG_PASSWORD);
  expect(status === 401 && body.title === 'Identifiants refusés', `the API answers ${status} ${JSON.stringify(body)}`);
  await api.logIn('victor', '1234');
}

/** MiniStack gives an API whose body changed a new address; AWS and LocalStack keep the address and change the API. */
async function changeRoutes(): Promise<void> {
  using copy = new ProjectCopy();
  copy.edit('functions/about/context.yml', 'path: /status ', 'path: /condition ');
  copy.edit('functions/about/status.ts', 'GET /status', 'GET /condition');
  const api = new Api(await deployFrom(copy.folder));
  const [added, removed] = [await api.call('GET', '/condition'), await api.call('GET', '/status')];
  expect(added.status === 200 && added.body.status === 'ok', `the new route answers ${JSON.stringify(added)}`);
  expect(removed.status === 404 && removed.body.code === 'not_found', `the old one answers ${JSON.stringify(removed)}`);
  await api.logIn('victor', '1234');
}

async function remove(folder: string, endpoint: string): Promise<void> {
  const before = await belongings(endpoint);
  for (const service of ['cloudformation', 'dynamodb', 'lambda', 'ssm', 'logs', 'apigateway', 's3', 'iam']) {
    expect(before[service], `${service} has nothing even before`);
  }
  const { code, output } = await runScript(folder, 'remove:local');
  expect(code === 0, `remove:local ended with ${code}:\n${output}`);
  const left = await belongings(endpoint);
  expect(Object.keys(left).length === 0, `left behind: ${JSON.stringify(left)}`);
}
