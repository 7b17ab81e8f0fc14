import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, paginateListObjectsV2, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { Serverless } from '../../project/serverless.ts';
import { settingsOf } from '../template/settings.ts';

/** The part of osls that knows the account. */
interface Provider {
  getAwsSdkV3Config(): Promise<S3ClientConfig>;
  getCloudFormationClient(): Promise<CloudFormationClient>;
  readonly naming: { getStackName(): string };
}

/** Empties the buckets of a stage that keeps no data before its stack goes: CloudFormation deletes none with objects. */
export default class Removal {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless & { getProvider(name: 'aws'): Provider }) {
    const { service } = serverless;
    this.hooks = {
      'before:remove:remove': async () => {
        if (!settingsOf(service.custom).keepData) await emptyBuckets(serverless.getProvider('aws'));
      },
    };
  }
}

async function emptyBuckets(provider: Provider): Promise<void> {
  const s3 = new S3Client(await provider.getAwsSdkV3Config());
  for (const bucket of await bucketsOf(provider)) await empty(s3, bucket);
}

async function bucketsOf(provider: Provider): Promise<string[]> {
  const client = await provider.getCloudFormationClient();
  const found: string[] = [];
  // osls empties the one that it uploads code to.
  for await (const page of paginateListStackResources({ client }, { StackName: provider.naming.getStackName() }))
    for (const { ResourceType, LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      if (ResourceType === 'AWS::S3::Bucket' && LogicalResourceId !== 'ServerlessDeploymentBucket')
        found.push(PhysicalResourceId ?? '');
  return found.filter(Boolean);
}

async function empty(client: S3Client, Bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    const Objects = Contents.flatMap(({ Key }) => (Key ? [{ Key }] : []));
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
}
