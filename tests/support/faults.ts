import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** What stands between an SDK client and the wire: sees each try of each command, and decides what becomes of it. */
export type Intervention = (command: string, proceed: () => Promise<unknown>) => Promise<unknown>;

type Innermost = (next: (args: unknown) => Promise<unknown>, context: { commandName?: string }) => typeof next;

interface Stack {
  add(middleware: Innermost, options: { step: 'deserialize'; name: string; priority: 'high' }): void;
  remove(name: string): boolean;
}

/** Runs `work` while every try of every command of this client goes through `intervene`, inside the SDK's own retries. */
export async function intervening<T>(
  client: DynamoDBClient | SQSClient,
  intervene: Intervention,
  work: () => Promise<T>,
): Promise<T> {
  const stack = client.middlewareStack as unknown as Stack;
  const middleware: Innermost = (next, context) => (args) =>
    intervene((context.commandName ?? '').replace(/Command$/, ''), () => next(args));
  stack.add(middleware, { step: 'deserialize', name: 'intervention', priority: 'high' });
  try {
    return await work();
  } finally {
    stack.remove('intervention');
  }
}

/** The commands that `work` put on the wire, each try of each, in order. */
export async function commandsOf(client: DynamoDBClient | SQSClient, work: () => Promise<unknown>): Promise<string[]> {
  const commands: string[] = [];
  await intervening(
    client,
    (command, proceed) => {
      commands.push(command);
      return proceed();
    },
    work,
  );
  return commands;
}

/** An error as the SDK throws it. */
export const sdkError = (name: string, details: object = {}): Error =>
  Object.assign(new Error(name), { name, $fault: 'client', $metadata: {}, ...details });

/** Fails each try of the named commands. */
export const failing =
  (error: () => Error, ...commands: string[]): Intervention =>
  (command, proceed) =>
    commands.includes(command) ? Promise.reject(error()) : proceed();

/** Lets the first try of a command through and loses its answer. */
export function losingAnswer(lost: string): Intervention {
  let done = false;
  return async (command, proceed) => {
    const answer = await proceed();
    if (done || command !== lost) return answer;
    done = true;
    throw sdkError('TimeoutError', { code: 'ECONNRESET' });
  };
}

/** Does something else just before the first try of a command: what another caller may always do. */
export function meanwhile(command: string, work: () => Promise<unknown>): Intervention {
  let done = false;
  return async (sent, proceed) => {
    if (!done && sent === command) {
      done = true;
      await work();
    }
    return proceed();
  };
}

interface BatchAnswer {
  readonly output: { Responses?: Record<string, Item[]>; UnprocessedKeys?: Record<string, { Keys: Item[] }> };
}
type Item = Readonly<Record<string, unknown>>;

/** Lets the first batch read answer all but its last item, as a DynamoDB that is short of capacity does. */
export function leavingOneUnread(): Intervention & { readonly tries: () => number } {
  let tries = 0;
  const intervene: Intervention = async (command, proceed) => {
    const answer = (await proceed()) as BatchAnswer;
    if (command !== 'BatchGetItem') return answer;
    tries += 1;
    if (tries > 1) return answer;
    const [[table, items] = ['', []]] = Object.entries(answer.output.Responses ?? {});
    const { pk, sk } = items.at(-1) ?? {};
    const output = { Responses: { [table]: items.slice(0, -1) }, UnprocessedKeys: { [table]: { Keys: [{ pk, sk }] } } };
    return { ...answer, output: { ...answer.output, ...output } };
  };
  return Object.assign(intervene, { tries: () => tries });
}
