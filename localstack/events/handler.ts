import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';

/** A Lambda handler as the local cloud calls it. */
export type Handler = (event: unknown, context: Context) => Promise<unknown>;

interface UserFunction {
  load(folder: string, handler: string): Promise<Handler>;
}

const USER_FUNCTION = './handler-runner/in-process-runner/aws-lambda-ric/UserFunction.js';

/** Loads a handler the way serverless-offline does, so that both hold the same instance of every module. */
export async function loadHandler(folder: string, handler: string): Promise<Handler> {
  const { default: userFunction } = (await import(offlinePart(USER_FUNCTION))) as { default: UserFunction };
  return userFunction.load(folder, handler);
}

/** What is put in the place of a handler that was found under this name. */
type Adapt = (handler: Handler, name: string) => Handler;

/**
 * serverless-offline looks each handler up on disk again at every call, which takes a third of its time. From here on
 * it keeps what it found, adapted. To be called before anything imports the module that is changed.
 */
export function keepHandlers(adapt: Adapt): void {
  const userFunction = createRequire(import.meta.url)(fileURLToPath(offlinePart(USER_FUNCTION))) as UserFunction;
  const { load } = userFunction;
  const kept = new Map<string, Promise<Handler>>();
  userFunction.load = (folder, handler) => {
    const found = kept.get(handler) ?? load(folder, handler).then((loaded) => adapt(loaded, handler));
    kept.set(handler, found);
    found.catch(() => kept.delete(handler));
    return found;
  };
}

/** The address of a module of serverless-offline that its package does not export. */
export function offlinePart(path: string): string {
  return new URL(path, import.meta.resolve('serverless-offline/lambda')).href;
}

/** The context of one invocation. */
export function newContext(functionName: string, timeoutSeconds: number): Context {
  const deadline = performance.now() + timeoutSeconds * 1000;
  const gone = () => {
    throw new Error('callbacks are not served: return a promise');
  };
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    done: gone,
    fail: gone,
    succeed: gone,
  };
}
