import type { SdkRequest, SdkResponse } from '../../platform/aws/sdk-http.ts';

/** What an SDK client sent. */
export type Sent = Pick<SdkRequest, 'headers' | 'body'>;

/** What it was answered. */
export type Answer = Omit<SdkResponse, 'body'> & { readonly body: string };

/** An answer with this body, a text or what is to be JSON. */
export const answered = (body: unknown, statusCode = 200, headers = {}): Answer => ({
  statusCode,
  headers: { 'x-amzn-requestid': 'R1', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** What was sent, out of JSON. */
export const json = ({ body }: Sent): unknown =>
  JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));

/** An SDK client whose requests go nowhere. */
export interface Wired<Client> {
  readonly client: Client;
  /** What it sent so far. */
  readonly sent: readonly Sent[];
}

/**
 * A client whose every request is answered by `answers` in turn, the last one again and again.
 * @param make gives the client for this part of its configuration
 */
export function wired<Client>(make: (config: object) => Client, answers: readonly Answer[]): Wired<Client> {
  const sent: Sent[] = [];
  const handle = async (request: Sent) => {
    const { body, ...answer } = answers[Math.min(sent.length, answers.length - 1)] as Answer;
    sent.push({ headers: { ...request.headers }, body: request.body });
    return { response: { ...answer, headers: { ...answer.headers }, body: new TextEncoder().encode(body) } };
  };
  const requestHandler = { handle, metadata: { handlerProtocol: 'http/1.1' } };
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' };
  return { sent, client: make({ maxAttempts: 3, credentials, requestHandler }) };
}

type ErrorClass = abstract new (...given: never[]) => Error;

/**
 * What became of a command: what was given or thrown, and after how many tries.
 * @param classes those that an error may be held against
 */
export async function outcome(
  { client, sent }: Wired<{ send(command: never): Promise<unknown> }>,
  command: object,
  classes: readonly ErrorClass[] = [],
) {
  const given = await client.send(command as never).then(
    (output) => ({ output }),
    (error: Error) => ({
      ...error,
      is: classes.filter((one) => error instanceof one).map(({ name }) => name),
      message: error.message.split('\n')[0],
    }),
  );
  return { given, tries: sent.length };
}
