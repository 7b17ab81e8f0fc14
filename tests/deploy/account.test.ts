import { describe, expect, test } from '@jest/globals';
import { textOf } from '../../project/root.ts';
import { ofType, type Resource, type Template } from '../../project/template.ts';
import { ACCOUNT_FILE, accountTemplate, PREVIEWS, PSEUDO, resolved, statementsOf } from './account.ts';
import { type Allowed, allows } from './iam.ts';
import { packagedTemplate, ROLE_BOUNDARY } from './packaged.ts';
import { arnOf, callsFor } from './physical.ts';

const account = accountTemplate();
const mayDeploy = statementsOf('DeployPolicy');
const mayRun = statementsOf('RoleBoundary');

/** The roles of a stage as the account gets them, each with all that it is allowed. */
function rolesOf(template: Template): { readonly id: string; readonly statements: readonly Allowed[] }[] {
  const names = Object.fromEntries(
    ['DynamoDB::Table', 'SQS::Queue', 'S3::Bucket', 'Logs::LogGroup'].flatMap((type) =>
      ofType(template, `AWS::${type}`).map(([id]) => [`${id}.Arn`, arnOf(template, id)]),
    ),
  );
  const attached = ofType(template, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
    (Properties.Roles as { Ref: string }[]).map(({ Ref }) => ({ to: Ref, policy: Properties })),
  );
  return ofType(template, 'AWS::IAM::Role').map(([id, { Properties }]) => {
    const policies = [
      ...(Properties.Policies ?? []),
      ...attached.filter(({ to }) => to === id).map(({ policy }) => policy),
    ];
    return {
      id,
      statements: policies.flatMap(({ PolicyDocument }) => resolved(PolicyDocument.Statement, names) as Allowed[]),
    };
  });
}

const asked = ({ Action, Resource }: Allowed) =>
  [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }) as const));

const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-3:123456789012:${rest}`;
const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const OURS = role('campus-prod-AuthRole-1AB2CD3');
const LIMITED = { 'iam:PermissionsBoundary': ROLE_BOUNDARY };
const RELEASES = { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited' };

const BY_GATEWAY = { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' };
const GATEWAYS = role('aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway');
const KEY = arn('kms', 'key/0a1b');
const via = (service: string) => ({ 'kms:ViaService': `${service}.eu-west-3.amazonaws.com` });

describe('the limit of roles', () => {
  const template = packagedTemplate('prod-chosen');

  test('is on every role of a stage that is packaged with it, and on none without', () => {
    const limits = (name: string) =>
      ofType(packagedTemplate(name), 'AWS::IAM::Role').map(([, { Properties }]) => Properties.PermissionsBoundary);
    expect(new Set(limits('prod-chosen'))).toEqual(new Set([ROLE_BOUNDARY]));
    expect(new Set(limits('prod'))).toEqual(new Set([undefined]));
  });

  test('leaves every role of a stage all that it is allowed', () => {
    const roles = rolesOf(template);
    const all = roles.flatMap(({ id, statements }) => statements.flatMap(asked).map((one) => ({ id, ...one })));
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((one) => !allows(mayRun, one))).toEqual([]);
  });

  test.each([
    ['releases move an alias', 'lambda:UpdateAlias', arn('lambda', 'function:campus-prod-accounts')],
    ['… and look whether an alarm sounds', 'cloudwatch:DescribeAlarms', '*'],
    ['what is in tables be read, which are under a key', 'kms:Decrypt', KEY, via('dynamodb')],
    ['… and secrets', 'kms:Decrypt', KEY, via('ssm')],
  ])('lets %s', (_, action, resource, context: Record<string, string> = {}) => {
    expect(allows(mayRun, { action, resource, context })).toBe(true);
  });

  test.each([
    ['the tables of another stage', 'dynamodb:GetItem', arn('dynamodb', 'table/campus-dev-auth')],
    ['tables to be taken away', 'dynamodb:DeleteTable', arn('dynamodb', 'table/campus-prod-auth')],
    ['the secrets of another stage', 'ssm:GetParameter', arn('ssm', 'parameter/campus/dev/signing-secret')],
    ['keys by themselves', 'kms:Decrypt', KEY],
    ['keys for anything else', 'kms:Decrypt', KEY, via('s3')],
    ['other roles', 'sts:AssumeRole', role('deploy-campus-prod')],
    ['rights to be given', 'iam:PutRolePolicy', OURS],
  ])('allows nobody %s', (_, action, resource, context: Record<string, string> = {}) => {
    expect(allows(mayRun, { action, resource, context })).toBe(false);
  });
});

describe('what deploys', () => {
  test('may do what CloudFormation does for each resource of the template', () => {
    const template = packagedTemplate('prod-chosen');
    const refused = Object.keys(template.Resources).flatMap((id) =>
      callsFor(template, id)
        .map((action) => ({ action, resource: arnOf(template, id) }))
        .filter((one) => !allows(mayDeploy, one)),
    );
    expect(refused).toEqual([]);
  });

  test.each([
    [
      'send a package',
      's3:PutObject',
      'arn:aws:s3:::campus-prod-serverlessdeploymentbuck-1ab2/serverless/campus/prod/1/a.zip',
    ],
    ['deploy it', 'cloudformation:CreateChangeSet', arn('cloudformation', 'stack/campus-prod/0a1b')],
    ['look how that goes', 'cloudformation:DescribeStackEvents', arn('cloudformation', 'stack/campus-prod/0a1b')],
    ['protect it', 'cloudformation:UpdateTerminationProtection', arn('cloudformation', 'stack/campus-prod/0a1b')],
    ['trace calls', 'apigateway:PATCH', 'arn:aws:apigateway:eu-west-3::/restapis/abc/stages/prod'],
    ['make a role within the limit', 'iam:CreateRole', OURS, LIMITED],
    ['allow it something', 'iam:PutRolePolicy', OURS, LIMITED],
    ['let it release functions', 'iam:AttachRolePolicy', OURS, { ...LIMITED, ...RELEASES }],
    ['give it to functions', 'iam:PassRole', OURS, { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    [
      'let a queue call one',
      'lambda:CreateEventSourceMapping',
      '*',
      { 'lambda:FunctionArn': arn('lambda', 'function:campus-prod-onNotice') },
    ],
    [
      'make a secret',
      'ssm:PutParameter',
      arn('ssm', 'parameter/campus/prod/signing-secret'),
      { 'ssm:Overwrite': 'false' },
    ],
    ['… under the key of Parameter Store', 'kms:Encrypt', KEY, via('ssm')],
    ['ask whether a template is one', 'cloudformation:ValidateTemplate', '*'],
    ['look for logs', 'logs:DescribeLogGroups', '*'],
    ['look for alarms', 'cloudwatch:DescribeAlarms', '*'],
    ['let API Gateway see to a domain', 'iam:CreateServiceLinkedRole', GATEWAYS, BY_GATEWAY],
  ])('may %s', (_, action, resource, context: Record<string, string> = {}) => {
    expect(allows(mayDeploy, { action, resource, context })).toBe(true);
  });

  test.each([
    ['make a role without the limit', 'iam:CreateRole', OURS],
    [
      '… or with another',
      'iam:CreateRole',
      OURS,
      { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    ['allow a role without it anything', 'iam:PutRolePolicy', OURS],
    ['take the limit off', 'iam:DeleteRolePermissionsBoundary', OURS, LIMITED],
    ['change the limit', 'iam:CreatePolicyVersion', ROLE_BOUNDARY],
    ['allow itself anything', 'iam:PutRolePolicy', role('deploy-campus-prod'), LIMITED],
    [
      'attach other policies',
      'iam:AttachRolePolicy',
      OURS,
      { ...LIMITED, 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    [
      'let anybody but functions and releases have a role',
      'iam:PassRole',
      OURS,
      { 'iam:PassedToService': 'ec2.amazonaws.com' },
    ],
    ['touch another stage', 'cloudformation:UpdateStack', arn('cloudformation', 'stack/campus-dev/0a1b')],
    ['take the stage away', 'cloudformation:DeleteStack', arn('cloudformation', 'stack/campus-prod/0a1b')],
    [
      'let a queue call somebody else',
      'lambda:CreateEventSourceMapping',
      '*',
      { 'lambda:FunctionArn': arn('lambda', 'function:other') },
    ],
    ['read a table', 'dynamodb:GetItem', arn('dynamodb', 'table/campus-prod-auth')],
    ['read a queue', 'sqs:ReceiveMessage', arn('sqs', 'campus-prod-imports')],
    ['read report cards', 's3:GetObject', 'arn:aws:s3:::campus-prod-cardsfiles-1ab2/cards/1.pdf'],
    [
      'read what is logged',
      'logs:GetLogEvents',
      arn('logs', 'log-group:/aws/lambda/campus-prod-accounts:log-stream:1'),
    ],
    ['call a function', 'lambda:InvokeFunction', arn('lambda', 'function:campus-prod-accounts')],
    ['read a secret', 'ssm:GetParameter', arn('ssm', 'parameter/campus/prod/signing-secret')],
    [
      'replace one',
      'ssm:PutParameter',
      arn('ssm', 'parameter/campus/prod/signing-secret'),
      { 'ssm:Overwrite': 'true' },
    ],
    ['use a key by itself', 'kms:Decrypt', KEY],
    ['make roles of services of other kinds', 'iam:CreateServiceLinkedRole', OURS, BY_GATEWAY],
  ])('may not %s', (_, action, resource, context: Record<string, string> = {}) => {
    expect(allows(mayDeploy, { action, resource, context })).toBe(false);
  });

  test.each([
    ['prod', 'prod'],
    ['pull*', 'preview'],
  ])(
    'is one environment of one repository (%s), and whatever else it is allowed some day adds nothing',
    (Stage, environment) => {
      const names = { ...PSEUDO, Stage, Repository: 'school/campus', DeployPolicy: 'policy', GitHub: 'provider' };
      const { Properties } = account.Resources.DeployRole as Resource;
      const { AssumeRolePolicyDocument, PermissionsBoundary, ManagedPolicyArns } = Properties;
      const [{ Principal, ...trusted }, ...others] = AssumeRolePolicyDocument.Statement;
      expect(others).toEqual([]);
      expect(resolved(Principal.Federated['Fn::If'][1], names)).toBe('provider');
      expect(resolved(trusted, names)).toEqual({
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': `repo:school/campus:environment:${environment}`,
          },
        },
      });
      expect(resolved(Properties.RoleName, names)).toBe(`deploy-campus-${environment}`);
      expect([PermissionsBoundary, ...ManagedPolicyArns]).toEqual([{ Ref: 'DeployPolicy' }, { Ref: 'DeployPolicy' }]);
    },
  );
});

test.each(['x'.repeat(Number(account.Parameters.Stage?.MaxLength)), PREVIEWS])(
  'the policies are short enough for IAM, where the stage is called %s',
  (stage) => {
    const length = (policy: 'DeployPolicy' | 'RoleBoundary'): number =>
      JSON.stringify({ Version: '2012-10-17', Statement: statementsOf(policy, stage) }).replaceAll(
        PSEUDO['AWS::Region'] as string,
        'ap-southeast-1',
      ).length;
    expect(length('DeployPolicy')).toBeLessThanOrEqual(6144);
    expect(length('RoleBoundary')).toBeLessThanOrEqual(6144);
  },
);

describe('docs/deploy.md', () => {
  const [, way = ''] = /## From an empty account to a running school(.*?)\n### /s.exec(textOf('docs/deploy.md')) ?? [];
  const names = (pattern: RegExp): string[] =>
    [...new Set([...way.matchAll(pattern)].map(([, name = '']) => name))].sort();

  test('names every parameter of the template of the account, and no other', () => {
    expect(way).toContain(`--template-file ${ACCOUNT_FILE} `);
    expect(names(/\b([A-Z][a-z]\w+)=/g)).toEqual(Object.keys(account.Parameters).sort());
  });

  test('names its outputs, and what they are for is there', () => {
    expect(names(/\b(\w+Arn)\b/g).filter((name) => !(name in account.Outputs) && name !== 'cloudwatchRoleArn')).toEqual(
      [],
    );
    expect(way).toMatch(/DeployRoleArn.*RoleBoundaryArn.*ROLE_BOUNDARY=<RoleBoundaryArn>/s);
    expect(textOf('.github/workflows/deploy.yml')).toContain('vars.DEPLOY_ROLE_ARN }}');
  });

  test('calls no command that is not there', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const called = names(/npm run ([\w:-]+)/g);
    expect(called).toContain('secrets:create');
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('says how many functions a prod keeps room for', () => {
    const reserved = ofType(packagedTemplate('prod'), 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.ReservedConcurrentExecutions ?? 0,
    );
    const sum = reserved.reduce((one, other) => one + other, 0);
    expect(way).toContain(`\`prod\` reserves ${sum}:`);
    expect(way).toContain(`not deployed below ${sum + 100},`);
  });
});

test.each([
  ['school/campus', true],
  ['school@123456/campus@456789', true],
  ['school/*', false],
  ['school', false],
  ['school/campus:environment:dev', false],
])('a repository is named in full, by names or with numbers: %s', (name, fits) => {
  expect(new RegExp(String(account.Parameters.Repository?.AllowedPattern)).test(name)).toBe(fits);
});
