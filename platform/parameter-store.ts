import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import { required } from './env.ts';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 50;
const TIMEOUT_MS = 2_000;

class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', bytes(key));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {}
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

const signer = (region: string) =>
  new SignatureV4({
    service: 'ssm',
    region,
    sha256: Sha256,
    credentials: {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      ...(process.env.AWS_SESSION_TOKEN && { sessionToken: process.env.AWS_SESSION_TOKEN }),
    },
  });

function endpoint(region: string): URL {
  const { AWS_ENDPOINT_URL_SSM, AWS_ENDPOINT_URL } = process.env;
  return new URL(AWS_ENDPOINT_URL_SSM || AWS_ENDPOINT_URL || `https://ssm.${region}.amazonaws.com`);
}

async function getParameter(name: string): Promise<Response> {
  const region = required('AWS_REGION');
  const url = endpoint(region);
  const { headers, body } = await signer(region).sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
  });
  return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** SSM answers 400 to whoever is too fast, too: many functions that start at once are. */
async function mayRetry(response: Response): Promise<boolean> {
  return response.status >= 500 || /Throttl|TooManyRequests/.test(await response.clone().text());
}

async function withRetries(name: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === ATTEMPTS;
    const response = await getParameter(name).catch((error: unknown) => {
      if (last) throw error;
    });
    if (response && (response.ok || last || !(await mayRetry(response)))) return response;
    await pause(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
  }
}

/**
 * The decrypted value of a parameter of SSM Parameter Store. One signed request of our own: the SDK's client for SSM
 * would be a quarter of every bundle (170 KB) and this is all that is asked of it.
 * @throws Error when it is empty or cannot be read
 */
export async function readParameter(name: string): Promise<string> {
  const response = await withRetries(name);
  if (!response.ok) throw new Error(`The parameter ${name} cannot be read: ${response.status}`);
  const { Parameter } = (await response.json()) as { Parameter?: { Value?: string } };
  if (!Parameter?.Value) throw new Error(`The parameter ${name} is empty`);
  return Parameter.Value;
}
