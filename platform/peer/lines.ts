import { StringDecoder } from 'node:string_decoder';
import { required } from '../base/env.ts';
import { openResponse } from '../base/http-stream.ts';
import { problem } from '../base/problems.ts';
import { currentScope } from '../base/scope.ts';

/** The longest that a peer may say nothing, in milliseconds. */
const SILENCE_MS = 30_000;

async function* split(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[], undefined> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

/**
 * The lines at a path of another context, some at a time as they come, however many; asked with the caller's token. A
 * line is what ends with a line feed, and the last.
 * @throws unauthenticated or forbidden where the peer refuses this caller, peer_unavailable where it is down or answers
 *   anything else than lines; later on, where it breaks off or says nothing for 30 s, the connection's error
 */
export async function* peerLines(
  path: string,
  type: string,
  { authorization }: Readonly<Record<string, string>>,
): AsyncGenerator<string[], undefined> {
  const { requestId, language } = currentScope() ?? {};
  const headers = {
    Accept: type,
    ...(language && { 'Accept-Language': language }),
    ...(authorization && { Authorization: authorization }),
    ...(requestId && { 'X-Request-Id': requestId }),
  };
  const url = new URL(required('API_URL') + path);
  const response = await openResponse(url, headers, SILENCE_MS).catch((cause: unknown) => {
    throw problem.peer_unavailable({ cause });
  });
  try {
    if (response.status === 401) throw problem.unauthenticated();
    if (response.status === 403) throw problem.forbidden();
    if (response.status !== 200 || response.type !== type)
      throw problem.peer_unavailable({ cause: new Error(`${path} answered ${response.status} ${response.type}`) });
    yield* split(response.body);
  } finally {
    response.body.destroy();
  }
}
