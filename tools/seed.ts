import { readEndpoints } from '../localstack/data-folder.ts';
import { loadContextResources } from '../localstack/resources/create.ts';
import { readContexts } from '../project/contexts.ts';

/** Loads the demo data into the engines of the Campus that runs on a data folder. Its tables are there. */
export async function seedRunning(folder: string): Promise<void> {
  const { dynamoDb, sqs } = readEndpoints(folder);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_S3: sqs,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    CAMPUS_LOG_LEVEL: 'SILENT',
  });
  const files = readContexts().map(({ file }) => file);
  Object.assign(process.env, loadContextResources(files, 'campus-local').environment);
  // Loaded only now: SDK clients read the environment as they are made.
  const { loadDemo } = await import('../localstack/demo.ts');
  await loadDemo();
}
