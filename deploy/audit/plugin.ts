import type { Serverless, Service } from '../../project/serverless.ts';
import { capital, type Resource } from '../../project/template.ts';
import { settingsOf } from '../template/settings.ts';

/** The functions that write the audit trail. */
export const TELLING: readonly string[] = ['accounts', 'sessions'];

const FUNCTION = 'keepAudit';

/** The lines of the audit trail, as `functions/auth/audit.ts` writes them. */
const PATTERN = '{ $.message = "audit" }';

/**
 * Keeps the audit trail in a log group of its own, for longer than what functions log otherwise: CloudWatch hands its lines
 * to a function that writes them there. Only where the stage says for how long.
 */
export default class Audit {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor({ service }: Serverless) {
    this.hooks = { 'before:package:initialize': () => addAudit(service) };
  }
}

function addAudit(service: Service): void {
  const { stage, auditRetentionInDays } = settingsOf(service.custom);
  if (auditRetentionInDays === 0 || service.functions[FUNCTION]) return;
  const group = `/campus/${stage}/audit`;
  service.functions[FUNCTION] = {
    name: `${service.custom.prefix}-${FUNCTION}`,
    description: 'Takes the audit trail out of what functions log, to where it is kept longer',
    handler: 'functions/auth/keep-audit.handler',
    role: 'KeepAuditRole',
    timeout: 60,
    environment: { CAMPUS_CONTEXT: 'auth', AUDIT_LOG_GROUP: group },
    events: [],
  };
  Object.assign(service.resources.Resources, {
    AuditLogGroup: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: group, RetentionInDays: auditRetentionInDays },
    },
    KeepAuditRole: role(service.custom.lambdaMayAssume),
    ...Object.fromEntries(TELLING.flatMap(handingOn)),
  });
}

/** Into its own group it may write as every function may. */
const role = (AssumeRolePolicyDocument: unknown): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument,
    Policies: [
      {
        PolicyName: 'audit',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: { 'Fn::GetAtt': ['AuditLogGroup', 'Arn'] },
            },
          ],
        },
      },
    ],
  },
});

/** Has CloudWatch hand on what a function tells, and lets it. */
function handingOn(name: string): [string, Resource][] {
  const group = `${capital(name)}LogGroup`;
  const permission = `${capital(name)}AuditPermission`;
  const keeper = { 'Fn::GetAtt': [`${capital(FUNCTION)}LambdaFunction`, 'Arn'] };
  return [
    [
      permission,
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: keeper,
          Action: 'lambda:InvokeFunction',
          Principal: 'logs.amazonaws.com',
          SourceArn: { 'Fn::GetAtt': [group, 'Arn'] },
        },
      },
    ],
    [
      `${capital(name)}AuditFilter`,
      {
        Type: 'AWS::Logs::SubscriptionFilter',
        // CloudWatch asks at once whether it may.
        DependsOn: [permission],
        Properties: { LogGroupName: { Ref: group }, FilterPattern: PATTERN, DestinationArn: keeper },
      },
    ],
  ];
}
