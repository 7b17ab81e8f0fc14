import type { IncomingMessage } from 'node:http';
import { required } from '../../../platform/base/env.ts';
import { open } from '../../../platform/base/http-client.ts';
import type { Stream } from '../../../platform/http/stream.ts';

/** A file that a browser saves. */
export interface Download {
  readonly type: string;
  /** What it is called, as its service says it (RFC 6266). */
  readonly disposition?: string | undefined;
  /** As a stream, where it leaves while it comes: in the Lambda of downloads alone. */
  readonly content: string | Stream;
}

/** The longest that a service may say nothing while it makes a file, in milliseconds: one that typesets has 29 seconds. */
const SILENCE_MS = 30_000;

/**
 * Asks a service for a file. It is waited for as long as the service says something: who takes the file may be slow.
 * @returns the answer, its body unread: whoever asked reads it to the end or destroys it
 * @throws the socket's error; Error where the service falls silent
 */
export async function received(path: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  const url = new URL(required('API_URL') + path);
  const onTimeout = () => new Error(`${path} fell silent`);
  const response = await open(url, { headers, timeout: SILENCE_MS, onTimeout });
  // From here on a connection is silent, too, while the visitor takes what has come.
  return response.setTimeout(0);
}

/** The body of an answer as it comes. @throws the socket's error; Error where it is waited for longer than that */
export async function* pieces(response: IncomingMessage, patience = SILENCE_MS): AsyncGenerator<Uint8Array> {
  const waiting = () => setTimeout(() => response.destroy(new Error('the service fell silent')), patience);
  let timer = waiting();
  try {
    for await (const piece of response) {
      clearTimeout(timer);
      yield piece as Uint8Array;
      timer = waiting();
    }
  } finally {
    clearTimeout(timer);
  }
}
