import type { ServiceFunction } from '../../project/serverless.ts';
import { add, capital, ofType, placeholder, type Resource, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

const ALIAS = 'live';

const isCanary = ({ canary }: Settings): boolean => canary !== 'none';

const aliasId = (name: string): string => `${capital(name)}LiveAlias`;

type Functions = Readonly<Record<string, ServiceFunction>>;

/** The names of the functions that the gateway calls: those behind routes, and those it asks before. */
const called = (functions: Functions): Set<string> =>
  new Set(
    Object.entries(functions).flatMap(([name, { events = [] }]) =>
      events.flatMap(({ http }) => (http ? [name, ...(http.authorizer ? [http.authorizer.name] : [])] : [])),
    ),
  );

/** Makes the gateway call the alias of a function: an alias can split its traffic. */
export function nameAliases(functions: Functions, settings: Settings): void {
  if (!isCanary(settings)) return;
  const chosen = called(functions);
  for (const [name, definition] of Object.entries(functions)) {
    if (chosen.has(name)) definition.targetAlias = { name: ALIAS, logicalId: aliasId(name) };
  }
}

/**
 * Gives a new version of each function that the gateway calls its traffic little by little, and takes it back when
 * too large a share of the calls fails.
 */
export function addReleases(template: Template, functions: Functions, settings: Settings): void {
  if (!isCanary(settings)) return;
  add(template, { ReleaseApplication: application, ReleaseRole: role });
  for (const [name, definition] of Object.entries(functions)) {
    if (!definition.targetAlias) continue;
    const groupId = `${capital(name)}ReleaseGroup`;
    add(template, { [groupId]: group(settings.canary), [aliasId(name)]: alias(template, definition, groupId) });
  }
}

function alias(template: Template, { name, versionLogicalId = '' }: ServiceFunction, groupId: string): Resource {
  const lambda = ofType(template, 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties.FunctionName === name,
  );
  if (!lambda || !template.Resources[versionLogicalId]) throw new Error(`${name} has no version to release`);
  return {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      FunctionName: { Ref: lambda[0] },
      FunctionVersion: { 'Fn::GetAtt': [versionLogicalId, 'Version'] },
      Name: ALIAS,
    },
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: 'ReleaseApplication' },
        DeploymentGroupName: { Ref: groupId },
      },
    },
  };
}

const application: Resource = {
  Type: 'AWS::CodeDeploy::Application',
  Properties: { ComputePlatform: 'Lambda' },
};

/** One for each function: a group has one release at a time. */
const group = (configuration: string): Resource => ({
  Type: 'AWS::CodeDeploy::DeploymentGroup',
  Properties: {
    ApplicationName: { Ref: 'ReleaseApplication' },
    ServiceRoleArn: { 'Fn::GetAtt': ['ReleaseRole', 'Arn'] },
    DeploymentConfigName: `CodeDeployDefault.Lambda${configuration}`,
    DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'ApiErrorRateAlarm' } }] },
    AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
  },
});

const role: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'codedeploy.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: [
      {
        'Fn::Sub': `arn:${placeholder('AWS::Partition')}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited`,
      },
    ],
  },
};
