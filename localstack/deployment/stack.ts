import {
  CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { apiPath } from '../../project/emulator.ts';

const cloudFormation = new CloudFormationClient({});
const lambda = new LambdaClient({});

/** What a stack consists of. */
export async function stackResources(stack: string): Promise<StackResourceSummary[]> {
  const resources: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName: stack })) {
    resources.push(...(page.StackResourceSummaries ?? []));
  }
  return resources;
}

/** The address at which an emulator serves the API of a stack. */
export function apiUrl(resources: readonly StackResourceSummary[], endpoint: string, stage: string): string {
  const api = resources.find(({ ResourceType }) => ResourceType === 'AWS::ApiGateway::RestApi');
  if (!api?.PhysicalResourceId) throw new Error('The stack has no API');
  return endpoint + apiPath(api.PhysicalResourceId, stage);
}

/** The environment variables of all the Lambdas of a stack: the names of its tables and queues, as deployed. */
export async function lambdaEnvironment(resources: readonly StackResourceSummary[]): Promise<Record<string, string>> {
  const functions = resources.filter(({ ResourceType }) => ResourceType === 'AWS::Lambda::Function');
  const environments = await Promise.all(
    functions.map(async ({ PhysicalResourceId: FunctionName }) => {
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return Environment?.Variables ?? {};
    }),
  );
  return Object.assign({}, ...environments) as Record<string, string>;
}
