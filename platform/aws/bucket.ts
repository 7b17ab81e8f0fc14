import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { clock } from '../base/clock.ts';
import { required } from '../base/env.ts';
import { type HttpRequest, open } from '../base/http-client.ts';
import { retrying } from '../base/retry.ts';
import { AwsRefusal, givenEndpoint, isWorthRetrying, ownCredentials, RETRIES } from './call.ts';
import { awsEncoded, presignedQuery, signedHeaders } from './signature.ts';

// Of silence: a large object may take longer as a whole.
const TIMEOUT_MS = 10_000;

/** What a stored object is, without its bytes. */
export interface StoredObject {
  readonly bytes: number;
  /** Its media type. */
  readonly type: string;
  /** Changes with the bytes. */
  readonly etag: string;
}

/** A stored object that is being read. Whoever opened it reads it to the end or destroys it. */
export interface OpenObject extends StoredObject {
  readonly stream: IncomingMessage;
}

/** Which bytes of an object: from one, and how many. */
export interface Range {
  readonly from: number;
  readonly bytes: number;
}

/** What may be sent to a presigned address: exactly so many bytes of this media type, for so many seconds. */
export interface Upload {
  readonly bytes: number;
  readonly type: string;
  readonly expiresIn: number;
}

/** A request that whoever has it may send once or more until it expires, with exactly these headers. */
export interface PresignedUpload {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Method = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Reads the reason out of a refusal, and leaves nothing unread. @throws AwsRefusal always */
async function refuse(response: IncomingMessage): Promise<never> {
  const text = (await buffer(response)).toString();
  const status = response.statusCode ?? 0;
  const code = /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? (status === 404 ? 'NoSuchKey' : 'UnknownError');
  throw new AwsRefusal(code, status);
}

const describe = ({ headers }: IncomingMessage): StoredObject => ({
  bytes: Number(headers['content-range']?.split('/')[1] ?? headers['content-length'] ?? 0),
  type: headers['content-type'] ?? 'application/octet-stream',
  etag: headers.etag ?? '',
});

const absent = (error: unknown): undefined => {
  if (error instanceof AwsRefusal && error.name === 'NoSuchKey') return undefined;
  throw error;
};

/** A private S3 bucket of this context. Signed by hand: the SDK's client is thirty times as heavy to load. */
export class Bucket {
  readonly #variable: string;

  /** @param variable the environment variable with the bucket's name */
  constructor(variable: string) {
    this.#variable = variable;
  }

  /** Stores an object, in the place of one that has this key. Durable once this resolves. @throws AwsRefusal */
  async put(key: string, body: Uint8Array, type = 'application/octet-stream'): Promise<void> {
    const headers = { 'content-type': type, 'content-length': String(body.byteLength) };
    (await this.#send('PUT', key, { body, headers })).resume();
  }

  /** An object to be read as a stream, whole or a part of it; undefined where there is none. @throws AwsRefusal */
  async open(key: string, range?: Range): Promise<OpenObject | undefined> {
    const headers = range ? { range: `bytes=${range.from}-${range.from + range.bytes - 1}` } : {};
    const response = await this.#send('GET', key, { headers }).catch(absent);
    return response && { ...describe(response), stream: response };
  }

  /** The bytes of an object, or of a part of it; undefined where there is none. @throws AwsRefusal */
  read(key: string, range?: Range): Promise<Buffer | undefined> {
    // As one: a connection that breaks in the middle is a try that failed.
    return retrying(
      async () => {
        const object = await this.open(key, range);
        return object && buffer(object.stream);
      },
      { ...RETRIES, worthwhile: isWorthRetrying },
    );
  }

  /** What is stored under a key; undefined where nothing is. @throws AwsRefusal */
  async describe(key: string): Promise<StoredObject | undefined> {
    const response = await this.#send('HEAD', key).catch(absent);
    return response && describe(response.resume());
  }

  /** Deletes an object; none is fine. @throws AwsRefusal */
  async delete(key: string): Promise<void> {
    (await this.#send('DELETE', key)).resume();
  }

  /** A request that lets whoever has it store one object under this key, of this size and type only. */
  presignPut(key: string, { bytes, type, expiresIn }: Upload): PresignedUpload {
    const { url, ...target } = this.#target('PUT', key);
    const headers = { 'content-length': String(bytes), 'content-type': type };
    const query = presignedQuery({ ...target, headers, expiresIn }, ownCredentials());
    return { method: 'PUT', url: `${url.href}?${query}`, headers };
  }

  /** An address under which whoever has it may read one object, for so many seconds. */
  presignGet(key: string, expiresIn: number): string {
    const { url, ...target } = this.#target('GET', key);
    return `${url.href}?${presignedQuery({ ...target, headers: {}, expiresIn }, ownCredentials())}`;
  }

  /** On AWS a bucket has a host of its own; elsewhere, where names of hosts mean nothing, it stands in the path. */
  #target(method: Method, key: string) {
    const region = required('AWS_REGION');
    const bucket = required(this.#variable);
    const given = givenEndpoint('s3')?.replace(/\/$/, '');
    const base = given ? `${given}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
    const url = new URL(`${base}/${key.split('/').map(awsEncoded).join('/')}`);
    return { url, method, path: url.pathname, host: url.host, service: 's3', region, now: clock.now() };
  }

  #send(method: Method, key: string, { headers = {}, body = new Uint8Array() }: Sending = {}) {
    const attempt = async (): Promise<IncomingMessage> => {
      const { url, ...target } = this.#target(method, key);
      const signed = signedHeaders({ ...target, headers, body }, ownCredentials());
      const request: HttpRequest = {
        method,
        headers: signed,
        body,
        timeout: TIMEOUT_MS,
        onTimeout: () => new AwsRefusal('TimeoutError', 0),
      };
      const response = await open(url, request);
      return (response.statusCode ?? 0) < 300 ? response : refuse(response);
    };
    return retrying(attempt, { ...RETRIES, worthwhile: isWorthRetrying });
  }
}
