import { type Resource, referred, type Template } from '../../project/template.ts';
import { PSEUDO } from './account.ts';

interface Kind {
  /** The ARN of a resource of this name. */
  readonly arn: string;
  /** What CloudFormation calls to make, read, change and take away one that looks like ours, by the types' own schemas. */
  readonly calls: string;
}

const TAGS = 'TagResource UntagResource ListTagsForResource';

/** The types of the resources of Campus. */
const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::ApiGateway::BasePathMapping': {
    arn: 'apigateway:REGION::/domainnames/NAME/basepathmappings/-',
    calls: 'POST GET PATCH DELETE',
  },
  'AWS::ApiGateway::Deployment': {
    arn: 'apigateway:REGION::/restapis/NAME/deployments',
    calls: 'POST GET PATCH DELETE PUT',
  },
  'AWS::ApiGateway::DomainName': { arn: 'apigateway:REGION::/domainnames/NAME', calls: 'POST GET PATCH DELETE PUT' },
  'AWS::ApiGateway::RestApi': { arn: 'apigateway:REGION::/restapis/NAME', calls: 'POST GET PATCH DELETE PUT' },
  'AWS::CloudWatch::Alarm': { arn: 'cloudwatch:ALL:alarm:NAME', calls: `PutMetricAlarm DeleteAlarms ${TAGS}` },
  'AWS::CloudWatch::Dashboard': {
    arn: 'cloudwatch::ACCOUNT:dashboard/NAME',
    calls: 'PutDashboard GetDashboard DeleteDashboards',
  },
  'AWS::CodeDeploy::Application': {
    arn: 'codedeploy:ALL:application:NAME',
    calls: `CreateApplication GetApplication DeleteApplication ${TAGS}`,
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    arn: 'codedeploy:ALL:deploymentgroup:NAME/NAME',
    calls: `CreateDeploymentGroup GetDeploymentGroup UpdateDeploymentGroup DeleteDeploymentGroup CreateDeployment GetDeployment StopDeployment ${TAGS}`,
  },
  'AWS::DynamoDB::Table': {
    arn: 'dynamodb:ALL:table/NAME',
    calls:
      'CreateTable DescribeTable UpdateTable DeleteTable DescribeContinuousBackups UpdateContinuousBackups DescribeTimeToLive UpdateTimeToLive DescribeContributorInsights DescribeKinesisStreamingDestination GetResourcePolicy ListTagsOfResource TagResource UntagResource',
  },
  'AWS::Events::Rule': {
    arn: 'events:ALL:rule/NAME',
    calls: `PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule ${TAGS}`,
  },
  // What they need stands with the roles.
  'AWS::IAM::Policy': { arn: 'iam::ACCOUNT:role/NAME', calls: 'GetRolePolicy' },
  'AWS::IAM::Role': {
    arn: 'iam::ACCOUNT:role/NAME',
    calls:
      'GetRole UpdateRole DeleteRole UpdateAssumeRolePolicy ListRolePolicies ListAttachedRolePolicies GetRolePolicy TagRole UntagRole',
  },
  'AWS::Lambda::Alias': {
    arn: 'lambda:ALL:function:NAME',
    calls: 'CreateAlias GetAlias UpdateAlias DeleteAlias GetProvisionedConcurrencyConfig',
  },
  'AWS::Lambda::EventSourceMapping': { arn: 'lambda:ALL:event-source-mapping:NAME', calls: 'ListTags TagResource' },
  'AWS::Lambda::Function': {
    arn: 'lambda:ALL:function:NAME',
    calls:
      'CreateFunction GetFunction GetFunctionConfiguration UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency DeleteFunctionConcurrency GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetRuntimeManagementConfig TagResource UntagResource ListTags',
  },
  'AWS::Lambda::Permission': { arn: 'lambda:ALL:function:NAME', calls: 'AddPermission GetPolicy RemovePermission' },
  'AWS::Lambda::Version': {
    arn: 'lambda:ALL:function:NAME:1',
    calls: 'PublishVersion ListVersionsByFunction GetFunctionConfiguration DeleteFunction',
  },
  'AWS::Logs::LogGroup': {
    arn: 'logs:ALL:log-group:NAME',
    calls: `CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy GetDataProtectionPolicy ${TAGS}`,
  },
  'AWS::Logs::SubscriptionFilter': {
    arn: 'logs:ALL:log-group:NAME',
    calls: 'PutSubscriptionFilter DescribeSubscriptionFilters DeleteSubscriptionFilter',
  },
  'AWS::S3::Bucket': {
    arn: 's3:::NAME',
    calls:
      'CreateBucket DeleteBucket ListBucket PutEncryptionConfiguration GetEncryptionConfiguration PutBucketPublicAccessBlock GetBucketPublicAccessBlock PutBucketOwnershipControls PutLifecycleConfiguration GetLifecycleConfiguration PutBucketTagging GetBucketTagging GetReplicationConfiguration',
  },
  'AWS::S3::BucketPolicy': { arn: 's3:::NAME', calls: 'PutBucketPolicy GetBucketPolicy DeleteBucketPolicy' },
  'AWS::SES::Template': {
    arn: 'ses:ALL:template/NAME',
    calls: `CreateEmailTemplate GetEmailTemplate UpdateEmailTemplate DeleteEmailTemplate ${TAGS}`,
  },
  'AWS::SNS::Topic': {
    arn: 'sns:ALL:NAME',
    calls: `CreateTopic GetTopicAttributes SetTopicAttributes DeleteTopic Subscribe ListSubscriptionsByTopic GetDataProtectionPolicy ${TAGS}`,
  },
  'AWS::SQS::Queue': {
    arn: 'sqs:ALL:NAME',
    calls:
      'CreateQueue GetQueueUrl GetQueueAttributes SetQueueAttributes DeleteQueue ListQueueTags TagQueue UntagQueue',
  },
  'AWS::WAFv2::WebACL': {
    arn: 'wafv2:ALL:regional/webacl/NAME/0a1b',
    calls: `CreateWebACL GetWebACL UpdateWebACL DeleteWebACL ${TAGS}`,
  },
  'AWS::WAFv2::WebACLAssociation': {
    arn: 'apigateway:REGION::/restapis/abc/stages/prod',
    calls: 'wafv2:AssociateWebACL wafv2:GetWebACLForResource wafv2:DisassociateWebACL apigateway:SetWebACL',
  },
};

const NAMED_BY = [
  'TableName',
  'QueueName',
  'FunctionName',
  'LogGroupName',
  'DashboardName',
  'DomainName',
  'Bucket',
  'Name',
];

/** The name that a resource gets: its own, that of what it belongs to, or one that CloudFormation makes of its logical id. */
function nameOf(template: Template, id: string): string {
  const { Type, Properties } = template.Resources[id] as Resource;
  const name = Properties.Template?.TemplateName ?? NAMED_BY.map((key) => Properties[key]).find(Boolean);
  if (typeof name === 'string') return name;
  const owner = referred(name);
  if (owner) return nameOf(template, owner);
  const made = `campus-prod-${id}-1AB2CD3`;
  return Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
}

/** The ARN that a resource of a packaged template of `prod` gets. @throws Error for a type that nobody described */
export function arnOf(template: Template, id: string): string {
  const { arn } = kindOf(template, id);
  const [region, account] = [PSEUDO['AWS::Region'], PSEUDO['AWS::AccountId']];
  const full = arn.replace('ALL', 'REGION:ACCOUNT').replace('REGION', `${region}`).replace('ACCOUNT', `${account}`);
  return `arn:aws:${full.replaceAll('NAME', nameOf(template, id))}`;
}

function kindOf(template: Template, id: string): Kind {
  const type = template.Resources[id]?.Type ?? '';
  const kind = KINDS[type];
  if (!kind)
    throw new Error(`What does CloudFormation call for a ${type}? tests/deploy/physical.ts, and deploy/bootstrap`);
  return kind;
}

/** What CloudFormation calls for a resource. */
export function callsFor(template: Template, id: string): string[] {
  const { arn, calls } = kindOf(template, id);
  const [service] = arn.split(':');
  return calls.split(' ').map((call) => (call.includes(':') ? call : `${service}:${call}`));
}
