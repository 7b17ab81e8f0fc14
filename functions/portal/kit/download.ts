import { required } from '../../../platform/base/env.ts';
import { open } from '../../../platform/base/http-client.ts';
import { problem } from '../../../platform/base/problems.ts';

/** The most that a page hands on: a Lambda answers six megabytes at most, of JSON that holds the text. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The longest that a service may say nothing while it makes a file, in milliseconds. */
const SILENCE_MS = 20_000;

/** A file as a service answers it. */
export interface Received {
  readonly status: number;
  readonly type: string;
  /** What it is called (RFC 6266). */
  readonly disposition: string;
  /** Undefined where it is more than a page hands on. */
  readonly text: string | undefined;
}

/** Asks a service for a file of text. @throws peer_unavailable where it does not answer, or breaks off */
export async function received(path: string, headers: Readonly<Record<string, string>>): Promise<Received> {
  const url = new URL(required('API_URL') + path);
  const timeout = { timeout: SILENCE_MS, onTimeout: () => new Error(`${path} fell silent`) };
  const answered = async (): Promise<Received> => {
    const response = await open(url, { headers, ...timeout });
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of response) {
      bytes += (part as Buffer).length;
      if (bytes > MOST_BYTES) break;
      parts.push(part as Buffer);
    }
    const { statusCode: status = 0, headers: said } = response;
    return {
      ...{ status, type: said['content-type'] ?? '', disposition: String(said['content-disposition'] ?? 'attachment') },
      text: bytes > MOST_BYTES ? undefined : Buffer.concat(parts).toString('utf8'),
    };
  };
  return answered().catch((cause: unknown) => {
    throw problem.peer_unavailable({ cause });
  });
}
