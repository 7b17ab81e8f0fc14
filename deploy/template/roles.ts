import { ofType, type Resource, referred, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

/** X-Ray has no resources to name: its two write actions can be allowed for everything or not at all. */
const MAY_TRACE = {
  Effect: 'Allow',
  Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  Resource: '*',
};

/** Lets each context's role write to the log groups of its own functions, and trace. The rest a role says itself. */
export function completeRoles(template: Template): void {
  const groupsOfRoles = new Map<string, string[]>();
  for (const [, { Properties, DependsOn }] of ofType(template, 'AWS::Lambda::Function')) {
    const role = referred(Properties.Role);
    const group = [DependsOn ?? []].flat().find((id) => template.Resources[id]?.Type === 'AWS::Logs::LogGroup');
    if (role && group) groupsOfRoles.set(role, [...(groupsOfRoles.get(role) ?? []), group]);
  }
  for (const [role, groups] of groupsOfRoles) allow(template.Resources[role], [mayLogTo(groups), MAY_TRACE]);
}

/** Puts the limit of the account on every role: whoever deploys may make none without. To be called when all roles are there. */
export function boundRoles(template: Template, { roleBoundary }: Settings): void {
  for (const [, { Properties }] of roleBoundary ? ofType(template, 'AWS::IAM::Role') : [])
    Properties.PermissionsBoundary = roleBoundary;
}

const mayLogTo = (groups: readonly string[]) => ({
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: groups.map((group) => ({ 'Fn::GetAtt': [group, 'Arn'] })),
});

function allow(role: Resource | undefined, statements: readonly object[]): void {
  const Statement = statements;
  role?.Properties.Policies.push({ PolicyName: 'log-and-trace', PolicyDocument: { Version: '2012-10-17', Statement } });
}
