import { dirname } from 'node:path';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readEndpoints } from '../../localstack/data-folder.ts';

/** The data folder on which the Campus of these tests runs. */
const dataOfCampus = (): string => process.env.CAMPUS_DATA ?? dirname(process.env.CAMPUS_LOG_FILE ?? '');

/**
 * Puts a message where the Campus of these tests lays what a consumer gave up on: it would take five tries, minutes apart.
 * @param queue the name of the dead-letter queue, without what all names of a deployment begin with
 */
export async function bury(queue: string, body: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ endpoint: readEndpoints(dataOfCampus()).sqs, region: 'eu-west-3', credentials });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `campus-local-${queue}` }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  sqs.destroy();
}
