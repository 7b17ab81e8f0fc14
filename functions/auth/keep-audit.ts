import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { addToLogGroup } from '../../platform/aws/log-group.ts';
import { required } from '../../platform/base/env.ts';

/** What CloudWatch hands on of a log: JSON, compressed. */
const linesOf = ({ awslogs }: CloudWatchLogsEvent): CloudWatchLogsDecodedData =>
  JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString()) as CloudWatchLogsDecodedData;

/** A line without what made a metric of it where it was first written: CloudWatch would count it a second time. */
function uncounted(message: string): string {
  const { _aws, ...line } = JSON.parse(message) as Readonly<Record<string, unknown>>;
  return JSON.stringify(line);
}

/**
 * Takes the audit trail out of what functions log, into a log group that is kept for longer. A batch comes again where it
 * failed, so a line may stand there twice; each says which request it is of.
 */
export async function handler(event: CloudWatchLogsEvent): Promise<void> {
  const { messageType, logEvents } = linesOf(event);
  // Now and then CloudWatch only looks whether anybody is there.
  if (messageType === 'CONTROL_MESSAGE') return;
  const lines = logEvents.map(({ timestamp, message }) => ({ timestamp, message: uncounted(message) }));
  await addToLogGroup(required('AUDIT_LOG_GROUP'), lines);
}
