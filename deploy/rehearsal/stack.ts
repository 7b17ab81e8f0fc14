import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';

const local = () => ({
  endpoint: process.env.AWS_ENDPOINT_URL ?? '',
  region: 'eu-west-3',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** The queues of a stack that a Lambda consumes. */
export async function consumedQueues(stack: string): Promise<{ name: string; url: string }[]> {
  const queues = new Map<string, string>();
  const pages = paginateListStackResources({ client: new CloudFormationClient(local()) }, { StackName: stack });
  for await (const { StackResourceSummaries = [] } of pages) {
    for (const { ResourceType, PhysicalResourceId: url = '' } of StackResourceSummaries) {
      if (ResourceType === 'AWS::SQS::Queue') queues.set(url.split('/').at(-1) ?? '', url);
    }
  }
  const consumed = new Set<string>();
  for await (const page of paginateListEventSourceMappings({ client: new LambdaClient(local()) }, {})) {
    for (const { EventSourceArn } of page.EventSourceMappings ?? []) {
      consumed.add(EventSourceArn?.split(':').at(-1) ?? '');
    }
  }
  return [...queues].filter(([name]) => consumed.has(name)).map(([name, url]) => ({ name, url }));
}
