import { CloudFormationClient, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { LambdaClient, ListVersionsByFunctionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { ProjectCopy } from '../../../project/copy.ts';
import type { Emulator } from '../../../project/emulator.ts';
import { Api } from '../api.ts';
import { EMULATED } from '../emulated.ts';
import { runHttpSuite } from '../scripts.ts';
import { expect, type Steps, say } from '../steps.ts';
import { installAwsCli } from './aws-cli.ts';
import { startFront } from './front.ts';
import { LACKING, UNANSWERED } from './lacking.ts';
import { filled, Manual, NOT_RUN } from './manual.ts';
import { Past } from './past.ts';
import { rehearseRestore } from './restore.ts';
import { rehearseAfterwards, rehearseFailedFirst } from './retained.ts';
import { nodeScript, Shell } from './shell.ts';
import { addressOf, SIGN_UPS, type Stage } from './stage.ts';
import { type Account, adaptTemplates } from './stand-ins.ts';

/** Of the HTTP tests those that come by all: accounts and tokens, enrolment to marks by SQS, and the shop. */
const TELLING = '(main-flow|/auth|orders)\\.test';

const ADMIN = { username: 'head', password: 'a long enough one' };

/** Follows docs/deploy.md on an emulator from an empty account to a running `prod`, restores it, and takes it away. */
export async function rehearseProduction(steps: Steps, { endpoint }: Emulator): Promise<void> {
  const account: Account = { leftOut: new Set(), refuses: false };
  const past = new Past(endpoint);
  const templates = adaptTemplates(endpoint, account);
  const front = await startFront(endpoint, async (asked) => (await templates(asked)) ?? (await past.adapt(asked)));
  try {
    using project = new ProjectCopy();
    const programs = await installAwsCli();
    const shell = Shell.open(project.folder, { front: front.url, emulator: endpoint, programs });
    await follow({ steps, shell, manual: new Manual(), past, account, endpoint, project, url: '', deploy: '' });
  } finally {
    await front.stop();
  }
}

async function follow(stage: Stage): Promise<void> {
  const { steps, manual } = stage;
  await steps.step('2: the account is made, and says what limits the roles', () => makeAccount(stage));
  await steps.step('3: what limits a new account can be asked', () => askForRoom(stage));
  await steps.step('4: the secrets are made', async () => {
    expect((await stage.shell.run(manual.take(/secrets:create/))).includes('jwt-signing-key'), 'no key was made');
  });
  await rehearseFailedFirst(stage);
  const deployed = await steps.step('5: prod is deployed as the manual says', () => deploy(stage));
  if (!deployed) return;
  await steps.step('what was left out is lacking still, and nothing else was', () => compareLacking(stage));
  await steps.step('6: the first admin is made', () => makeAdmin(stage));
  await steps.step('7: it is up, whole and shut to strangers', () => smoke(stage));
  await steps.step('8: the first admin signs in, at the command line and over HTTP', () => signIn(stage));
  await steps.step('the telling part of the HTTP tests passes against it', () => passHttpTests(stage));
  await rehearseRestore(stage, () => passHttpTests(stage));
  await steps.step('the gateway calls what the alias of a function points to, also when taken back', () =>
    moveAlias(stage),
  );
  await rehearseAfterwards(stage, ADMIN);
  await steps.step('every command of the manual was run, but for those with a reason', async () => {
    for (const { command, reason } of NOT_RUN) say(`– not run: ${command}: ${reason}`);
    const left = manual.left();
    expect(left.length === 0, `not run: ${left.join('; ')}`);
  });
}

async function makeAccount(stage: Stage): Promise<void> {
  const { shell, manual } = stage;
  for (const ask of [/^aws iam list-open-id/, /^aws apigateway get-account/]) await shell.run(manual.take(ask));
  await shell.run(manual.take(/^aws cloudformation deploy/));
  const outputs = await shell.run(manual.take(/^aws cloudformation describe-stacks/));
  const found = JSON.parse(outputs) as { OutputKey: string; OutputValue: string }[];
  const boundary = found.find(({ OutputKey }) => OutputKey === 'RoleBoundaryArn')?.OutputValue;
  expect(boundary, `no boundary in ${outputs}`);
  stage.deploy = filled(manual.take(/npx serverless deploy/), { '<RoleBoundaryArn>': boundary });
}

async function askForRoom({ shell, manual }: Stage): Promise<void> {
  for (const ask of [/get-account-settings/, /get-service-setting/, /update-service-setting/])
    await shell.run(manual.take(ask));
  for (const { command, reason } of UNANSWERED) {
    const { code } = await shell.try(manual.take(command), { env: { AWS_MAX_ATTEMPTS: '1' } });
    expect(code !== 0, `listed as unanswered, and answered: ${command}`);
    say(`– cannot be asked here: ${command}: ${reason}`);
  }
}

async function deploy(stage: Stage): Promise<void> {
  await stage.shell.run(stage.deploy, { env: SIGN_UPS });
  stage.url = await addressOf(stage);
  await stage.shell.run(nodeScript('localstack/deployment/demo.ts', 'campus-prod'));
}

/** A type that the emulator came to know, or that no template has any more, is not to be left out. */
async function compareLacking({ endpoint, account }: Stage): Promise<void> {
  const client = new CloudFormationClient({ ...EMULATED, endpoint });
  for (const { type, reason } of LACKING) {
    expect(account.leftOut.has(type), `no template has a ${type}`);
    const TemplateBody = JSON.stringify({ Resources: { Probe: { Type: type, Properties: {} } } });
    const refusal = await client.send(new ValidateTemplateCommand({ TemplateBody })).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(refusal.includes('Unrecognized resource types'), `${type} is listed as lacking; it says ${refusal}`);
    say(`– left out: ${type}: ${reason}`);
  }
}

async function makeAdmin({ shell, manual, url }: Stage): Promise<void> {
  const { username, password } = ADMIN;
  await shell.run(filled(manual.take(/admin:create/), { '<username>': username }), { input: password });
  const api = new Api(url);
  const { body } = await api.call('GET', `/users/${username}`, undefined, await api.logIn(username, password));
  expect(body.role === 'admin', `the role is ${body.role}`);
}

async function smoke({ shell, manual }: Stage): Promise<void> {
  const told = await shell.run(manual.take(/npm run smoke/));
  expect(told.includes('8 passed, 0 failed'), told);
}

/** Nobody types there: the name is given, and the password comes by a pipe. */
async function signIn({ shell, manual, url, project }: Stage): Promise<void> {
  const command = filled(manual.take(/campus login/), { '<URL>': url });
  const env = { CAMPUS_CONFIG: `${project.folder}/.config` };
  const { username, password } = ADMIN;
  await shell.run(`${command} --username ${username} --password-stdin`, { input: password, env });
  const who = await shell.run(command.replace(/login$/, 'whoami'), { env });
  expect(who.includes(username), `campus whoami says ${who}`);
}

async function passHttpTests({ steps, url }: Stage): Promise<void> {
  const { passed, failed, failedSuites, output } = await runHttpSuite(url, { path: TELLING, workers: 2 });
  const lost = failed.length === 0 ? failedSuites : 0;
  steps.add({ passed: passed.length, failed: failed.length + lost });
  say(`  ${passed.length} HTTP tests passed`);
  expect(passed.length > 0 && failed.length + lost === 0, output);
}

/** What CodeDeploy does in ten minutes, and undoes, is done at once here; that the alias decides can be seen all the same. */
async function moveAlias({ shell, endpoint, deploy, url, project }: Stage): Promise<void> {
  const said = async () => {
    const wrong = { username: 'victor', password: 'not his' };
    return (await new Api(url).call('POST', '/auth/login', wrong)).body.title;
  };
  project.edit('functions/auth/problems.ts', 'Identifiants invalides', 'Identifiants refusés');
  await shell.run(deploy, { env: SIGN_UPS });
  expect((await said()) === 'Identifiants refusés', `the changed code does not run: ${await said()}`);
  const lambda = new LambdaClient({ ...EMULATED, endpoint });
  const FunctionName = 'campus-prod-sessions';
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  const [former, current] = Versions.map(({ Version = '' }) => Version).slice(-2);
  const point = (version = '') => new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: version });
  await lambda.send(point(former));
  expect((await said()) === 'Identifiants invalides', `taken back to version ${former} it says ${await said()}`);
  await lambda.send(point(current));
}
