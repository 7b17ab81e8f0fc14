import { add, ofType, placeholder, type Resource, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

/** Encrypts every queue, shuts every bucket, and where data is to be kept protects it from loss and keeps the logs. */
export function protectData(template: Template, { keepData, retentionYears }: Settings): void {
  protectBuckets(template, keepData);
  keepRecords(template, retentionYears);
  for (const [, queue] of ofType(template, 'AWS::SQS::Queue')) queue.Properties.SqsManagedSseEnabled = true;
  // DynamoDB encrypts without being asked; asked, it does so under a key whose every use CloudTrail shows.
  for (const [, table] of ofType(template, 'AWS::DynamoDB::Table')) {
    table.DeletionPolicy = keepData ? 'Retain' : 'Delete';
    table.UpdateReplacePolicy = table.DeletionPolicy;
    table.Properties.DeletionProtectionEnabled = keepData;
    table.Properties.PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: keepData };
    if (keepData) table.Properties.SSESpecification = { SSEEnabled: true, SSEType: 'KMS' };
  }
  // What happened before a removal is asked for after it; of a first deployment that failed there is nothing to keep.
  for (const [, group] of keepData ? ofType(template, 'AWS::Logs::LogGroup') : []) {
    group.DeletionPolicy = 'RetainExceptOnCreate';
    group.UpdateReplacePolicy = 'Retain';
  }
}

/** Nothing in a bucket is public, travels or rests in the clear, or belongs to whoever put it there. */
function protectBuckets(template: Template, keepData: boolean): void {
  for (const [id, bucket] of ofType(template, 'AWS::S3::Bucket')) {
    // The one that osls uploads code to takes care of itself.
    if (id === DEPLOYMENTS) continue;
    bucket.DeletionPolicy = keepData ? 'Retain' : 'Delete';
    bucket.UpdateReplacePolicy = bucket.DeletionPolicy;
    Object.assign(bucket.Properties, {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    add(template, { [`${id}Policy`]: encryptedOnly(id) });
  }
}

const DAYS_A_YEAR = 365.25;

/** Lets go of what was printed when the records expire of which it was printed: rules of a bucket called `retained`. */
function keepRecords(template: Template, years: number): void {
  for (const [, { Properties }] of ofType(template, 'AWS::S3::Bucket'))
    for (const rule of Properties.LifecycleConfiguration?.Rules ?? [])
      if (rule.Id === 'retained') rule.ExpirationInDays = Math.ceil(years * DAYS_A_YEAR);
}

const DEPLOYMENTS = 'ServerlessDeploymentBucket';

const encryptedOnly = (bucket: string): Resource => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: bucket },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'EncryptedOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [{ 'Fn::GetAtt': [bucket, 'Arn'] }, { 'Fn::Sub': `${placeholder(`${bucket}.Arn`)}/*` }],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
});
