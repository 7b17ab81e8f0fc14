// Runs one Lambda function of LocalStack as a plain process: it loads the handler, says that it is ready, and answers each
// event that it is handed. The addresses are those of LocalStack's own runtime (lambda-runtime-init).
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const { env } = process;
const [file = '', name = ''] = env._HANDLER.split(/\.(?=[^.]+$)/);
const timeoutMs = Number(env.AWS_LAMBDA_FUNCTION_TIMEOUT || 3) * 1000;

/** @param {string} path @param {unknown} body */
const tell = (path, body) =>
  fetch(env.LOCALSTACK_RUNTIME_ENDPOINT + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** What was printed since the last event: it becomes the log of the function. */
let printed = '';
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, ...rest) => {
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = rest.find((one) => typeof one === 'function');
    if (done) process.nextTick(done);
    return true;
  };
}

const asError = (error) => ({
  errorMessage: error?.message ?? String(error),
  errorType: error?.name ?? 'Error',
  stackTrace: String(error?.stack ?? '').split('\n'),
});

/** Ends a wait for the handler as Lambda does, which tells the caller. */
function expiry() {
  let timer;
  const expired = new Promise((_, reject) => {
    const error = Object.assign(new Error(`Task timed out after ${timeoutMs / 1000} seconds`), {
      name: 'Sandbox.Timedout',
    });
    timer = setTimeout(reject, timeoutMs, error);
  });
  return { expired, cancel: () => clearTimeout(timer) };
}

const contextOf = (id, arn, deadline) => ({
  awsRequestId: id,
  invokedFunctionArn: arn,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  getRemainingTimeInMillis: () => deadline - Date.now(),
  callbackWaitsForEmptyEventLoop: true,
});

/** Handles one event and tells LocalStack how it went: the log first, since the answer ends the wait. */
async function handle(handler, { 'invoke-id': id, 'invoked-function-arn': arn, 'trace-id': trace, payload }) {
  printed = '';
  env._X_AMZN_TRACE_ID = trace;
  const { expired, cancel } = expiry();
  let answer;
  try {
    const outcome = handler(JSON.parse(payload), contextOf(id, arn, Date.now() + timeoutMs));
    answer = ['response', (await Promise.race([outcome, expired])) ?? null];
  } catch (error) {
    answer = ['error', asError(error)];
  }
  cancel();
  const logs = `START RequestId: ${id} Version: ${env.AWS_LAMBDA_FUNCTION_VERSION}\n${printed}END RequestId: ${id}\n`;
  await tell(`/invocations/${id}/logs`, { logs });
  await tell(`/invocations/${id}/${answer[0]}`, answer[1]);
}

async function load() {
  const module = await import(pathToFileURL(join(env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
  if (typeof module[name] !== 'function') throw new Error(`${env._HANDLER} is undefined or not exported`);
  return module[name];
}

const status = `/status/${env.LOCALSTACK_RUNTIME_ID}`;
const handler = await load().catch(async (error) => {
  await tell(`${status}/error`, asError(error));
  process.exit(1);
});
createServer(async (request, response) => {
  const invocation = JSON.parse(await text(request));
  response.end('{}');
  await handle(handler, invocation);
}).listen(Number(env.CAMPUS_FUNCTION_PORT), '127.0.0.1', () => tell(`${status}/ready`, {}));
