import { clock } from '../base/clock.ts';
import { required } from '../base/env.ts';
import { type HttpResponse, send } from '../base/http-client.ts';
import { retrying } from '../base/retry.ts';
import { type Credentials, signedHeaders } from './signature.ts';

/**
 * A call to AWS without the SDK, which is ten times as heavy to load as the authorizer and costs more CPU for each
 * call than the authorizer may. For single reads that many cold starts wait for, and for services of which one call is
 * needed; everything else uses the SDK.
 */

// Together well inside a Lambda's time-out; many functions that start at once are throttled at first.
export const RETRIES = { attempts: 4, firstPauseMs: 80 };
const TIMEOUT_MS = 2_000;

/** How a service is spoken to. */
interface Dialect {
  readonly contentType: string;
  /** What stands before the name of an operation in `X-Amz-Target`; without it, an operation is a path. */
  readonly target?: string;
  /** What its hosts begin with, and its name in signatures, where those are not the name that it has here. */
  readonly host?: string;
  readonly signedAs?: string;
  /** How often something is tried, and how long each waits, where that is not as usual. */
  readonly attempts?: number;
  readonly timeout?: number;
}

const SERVICES = {
  dynamodb: { target: 'DynamoDB_20120810', contentType: 'application/x-amz-json-1.0' },
  ssm: { target: 'AmazonSSM', contentType: 'application/x-amz-json-1.1' },
  logs: { target: 'Logs_20140328', contentType: 'application/x-amz-json-1.1' },
  // What it was asked twice it may send twice.
  sesv2: { host: 'email', signedAs: 'ses', contentType: 'application/json', attempts: 2, timeout: 4_000 },
} as const satisfies Record<string, Dialect>;
export type Service = keyof typeof SERVICES;

const dialectOf = (service: Service): Dialect => SERVICES[service];

/** AWS refused a call. `name` is its exception, as with the SDK; a status of 0 says that no answer came. */
export class AwsRefusal extends Error {
  readonly code = 'aws_refusal';
  readonly status: number;

  constructor(name: string, status: number) {
    super(`AWS answered ${status} ${name}`);
    this.name = name;
    this.status = status;
  }
}

/** Where the environment says that a service is, if it is not at AWS. */
export const givenEndpoint = (service: string): string | undefined =>
  process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? process.env.AWS_ENDPOINT_URL;

const endpointOf = (service: Service, region: string): URL =>
  new URL(givenEndpoint(service) ?? `https://${dialectOf(service).host ?? service}.${region}.amazonaws.com`);

/** The keys of this function. @throws Error where the environment has none */
export const ownCredentials = (): Credentials => ({
  accessKeyId: required('AWS_ACCESS_KEY_ID'),
  secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
  sessionToken: process.env.AWS_SESSION_TOKEN,
});

async function attempt<T>(service: Service, operation: string, body: string): Promise<T> {
  const region = required('AWS_REGION');
  const { target, contentType, signedAs = service, timeout = TIMEOUT_MS } = dialectOf(service);
  const url = new URL(target ? '/' : operation, endpointOf(service, region));
  const headers = signedHeaders(
    {
      service: signedAs,
      region,
      host: url.host,
      path: url.pathname,
      headers: { 'content-type': contentType, ...(target && { 'x-amz-target': `${target}.${operation}` }) },
      body,
      now: clock.now(),
    },
    ownCredentials(),
  );
  const answer = await send(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': `${Buffer.byteLength(body)}` },
    body,
    timeout,
    onTimeout: () => new AwsRefusal('TimeoutError', 0),
  });
  if (answer.status === 200) return JSON.parse(answer.body) as T;
  throw new AwsRefusal(exceptionIn(answer), answer.status);
}

/** The name of the exception that an answer is: in its body, or in a header. */
function exceptionIn({ status, headers, body }: HttpResponse): string {
  const inBody = /"__type"\s*:\s*"(?:[^"]*#)?([^"#]+)"/.exec(body)?.[1];
  const inHeader = /^[^:]+/.exec(String(headers['x-amzn-errortype'] ?? ''))?.[0];
  return inBody ?? inHeader ?? (status >= 500 ? 'InternalServerError' : 'UnknownError');
}

/** Whether another try may succeed: no answer came, the service failed, or it has too much to do. */
export const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof AwsRefusal) ||
  error.status === 0 ||
  error.status >= 500 ||
  /Throttl|Exceeded|TooManyRequests/.test(error.name);

/**
 * Calls an operation of an AWS service that speaks JSON, up to four times unless said: one that may happen twice.
 * @param operation its name; of a service that has a path for each, the path
 * @throws AwsRefusal
 */
export function callAws<T>(service: Service, operation: string, input: object): Promise<T> {
  const body = JSON.stringify(input);
  const { attempts = RETRIES.attempts } = dialectOf(service);
  return retrying(() => attempt<T>(service, operation, body), { ...RETRIES, attempts, worthwhile: isWorthRetrying });
}
