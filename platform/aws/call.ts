import { Agent as PlainAgent, request as requestPlain } from 'node:http';
import { Agent, request as requestSecure } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { clock } from '../clock.ts';
import { required } from '../env.ts';
import { signedHeaders } from './signature.ts';

/**
 * A call to AWS without the SDK, which is ten times as heavy to load as the authorizer and costs more CPU for each
 * call than the authorizer may. For single reads that many cold starts wait for; everything else uses the SDK.
 */

// Together well inside a Lambda's time-out; many functions that start at once are throttled at first.
const ATTEMPTS = 4;
const PAUSE_MS = 40;
const TIMEOUT_MS = 2_000;

const SERVICES = {
  dynamodb: { prefix: 'DynamoDB_20120810', contentType: 'application/x-amz-json-1.0' },
  ssm: { prefix: 'AmazonSSM', contentType: 'application/x-amz-json-1.1' },
} as const;
export type Service = keyof typeof SERVICES;

/** AWS refused a call. `name` is its exception, as with the SDK. */
export class AwsRefusal extends Error {
  readonly status: number;

  constructor(name: string, status: number) {
    super(`AWS answered ${status} ${name}`);
    this.name = name;
    this.status = status;
  }
}

const keepAlive = { keepAlive: true, maxSockets: 50 };
const agents = { 'http:': new PlainAgent(keepAlive), 'https:': new Agent(keepAlive) };

function endpointOf(service: Service, region: string): URL {
  const set = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? process.env.AWS_ENDPOINT_URL;
  return new URL(set ?? `https://${service}.${region}.amazonaws.com`);
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function post({ protocol, hostname, port }: URL, headers: Record<string, string>, body: string): Promise<Reply> {
  const secure = protocol === 'https:';
  const agent = secure ? agents['https:'] : agents['http:'];
  return new Promise((resolve, reject) => {
    const call = (secure ? requestSecure : requestPlain)(
      { method: 'POST', path: '/', hostname, port, headers, agent, timeout: TIMEOUT_MS },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new AwsRefusal('TimeoutError', 0)));
    call.on('error', reject);
    call.end(body);
  });
}

async function attempt<T>(service: Service, operation: string, body: string): Promise<T> {
  const region = required('AWS_REGION');
  const endpoint = endpointOf(service, region);
  const { prefix, contentType } = SERVICES[service];
  const headers = signedHeaders(
    {
      service,
      region,
      host: endpoint.host,
      headers: { 'content-type': contentType, 'x-amz-target': `${prefix}.${operation}` },
      body,
      now: clock.now(),
    },
    {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      sessionToken: process.env.AWS_SESSION_TOKEN,
    },
  );
  const { status, text } = await post(endpoint, { ...headers, 'content-length': `${Buffer.byteLength(body)}` }, body);
  if (status === 200) return JSON.parse(text) as T;
  const type = /"__type"\s*:\s*"(?:[^"]*#)?([^"#]+)"/.exec(text)?.[1];
  throw new AwsRefusal(type ?? (status >= 500 ? 'InternalServerError' : 'UnknownError'), status);
}

const worthRetrying = (error: unknown): boolean =>
  !(error instanceof AwsRefusal) ||
  error.status === 0 ||
  error.status >= 500 ||
  /Throttl|Exceeded|TooManyRequests/.test(error.name);

/**
 * Calls a read-only operation of an AWS service that speaks JSON, up to four times.
 * @throws AwsRefusal
 */
export async function callAws<T>(service: Service, operation: string, input: object): Promise<T> {
  const body = JSON.stringify(input);
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt<T>(service, operation, body);
    } catch (error) {
      if (tries === ATTEMPTS || !worthRetrying(error)) throw error;
      await pause(Math.random() * PAUSE_MS * 2 ** tries);
    }
  }
}
