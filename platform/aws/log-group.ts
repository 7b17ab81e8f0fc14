import { log } from '../base/log.ts';
import { AwsRefusal, callAws } from './call.ts';

/** A line of a log, and when it was written (milliseconds since the epoch). */
export interface LogLine {
  readonly timestamp: number;
  readonly message: string;
}

// What one call takes (CloudWatch Logs, PutLogEvents), where each line counts so many bytes more.
const MOST_LINES = 10_000;
const MOST_BYTES = 1_048_576;
const BYTES_MORE = 26;

/** The day of a line in UTC: a call takes lines of 24 hours at most. */
const dayOf = ({ timestamp }: LogLine): string => new Date(timestamp).toISOString().slice(0, 10);

const sizeOf = ({ message }: LogLine): number => Buffer.byteLength(message) + BYTES_MORE;

/** Lines as many at a time as a call takes, in the order of their writing, as it wants them. */
function* callsOf(lines: readonly LogLine[]): Generator<LogLine[]> {
  let call: LogLine[] = [];
  let bytes = 0;
  for (const line of lines.toSorted((a, b) => a.timestamp - b.timestamp)) {
    const isFull = call.length === MOST_LINES || bytes + sizeOf(line) > MOST_BYTES;
    const [first] = call;
    if (first && (isFull || dayOf(first) !== dayOf(line))) {
      yield call;
      [call, bytes] = [[], 0];
    }
    call.push(line);
    bytes += sizeOf(line);
  }
  if (call.length > 0) yield call;
}

const isRefused = (error: unknown, name: string): boolean => error instanceof AwsRefusal && error.name === name;

/** Makes a stream of a log group, unless somebody has: two may come to it at once. */
async function makeStream(logGroupName: string, logStreamName: string): Promise<void> {
  await callAws('logs', 'CreateLogStream', { logGroupName, logStreamName }).catch((error: unknown) => {
    if (!isRefused(error, 'ResourceAlreadyExistsException')) throw error;
  });
}

/**
 * Adds lines to a log group, to the stream of the day on which each was written. What is too old to be taken is told of.
 * @throws AwsRefusal, with some of them added: adding them again makes them stand there twice
 */
export async function addToLogGroup(logGroupName: string, lines: readonly LogLine[]): Promise<void> {
  for (const logEvents of callsOf(lines)) {
    const logStreamName = dayOf(logEvents[0] as LogLine);
    const put = () =>
      callAws<{ rejectedLogEventsInfo?: object }>('logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents });
    const { rejectedLogEventsInfo } = await put().catch(async (error: unknown) => {
      if (!isRefused(error, 'ResourceNotFoundException')) throw error;
      await makeStream(logGroupName, logStreamName);
      return put();
    });
    if (rejectedLogEventsInfo) log.error('lines refused', { group: logGroupName, ...rejectedLogEventsInfo });
  }
}
