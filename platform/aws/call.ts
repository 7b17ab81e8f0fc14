import { clock } from '../base/clock.ts';
import { required } from '../base/env.ts';
import { send } from '../base/http-client.ts';
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

const SERVICES = {
  dynamodb: { prefix: 'DynamoDB_20120810', contentType: 'application/x-amz-json-1.0' },
  ssm: { prefix: 'AmazonSSM', contentType: 'application/x-amz-json-1.1' },
  logs: { prefix: 'Logs_20140328', contentType: 'application/x-amz-json-1.1' },
} as const;
export type Service = keyof typeof SERVICES;

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
  new URL(givenEndpoint(service) ?? `https://${service}.${region}.amazonaws.com`);

/** The keys of this function. @throws Error where the environment has none */
export const ownCredentials = (): Credentials => ({
  accessKeyId: required('AWS_ACCESS_KEY_ID'),
  secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
  sessionToken: process.env.AWS_SESSION_TOKEN,
});

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
    ownCredentials(),
  );
  const { status, body: text } = await send(endpoint, {
    method: 'POST',
    headers: { ...headers, 'content-length': `${Buffer.byteLength(body)}` },
    body,
    timeout: TIMEOUT_MS,
    onTimeout: () => new AwsRefusal('TimeoutError', 0),
  });
  if (status === 200) return JSON.parse(text) as T;
  const type = /"__type"\s*:\s*"(?:[^"]*#)?([^"#]+)"/.exec(text)?.[1];
  throw new AwsRefusal(type ?? (status >= 500 ? 'InternalServerError' : 'UnknownError'), status);
}

/** Whether another try may succeed: no answer came, the service failed, or it has too much to do. */
export const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof AwsRefusal) ||
  error.status === 0 ||
  error.status >= 500 ||
  /Throttl|Exceeded|TooManyRequests/.test(error.name);

/**
 * Calls an operation of an AWS service that speaks JSON, up to four times: one that may happen twice.
 * @throws AwsRefusal
 */
export function callAws<T>(service: Service, operation: string, input: object): Promise<T> {
  const body = JSON.stringify(input);
  return retrying(() => attempt<T>(service, operation, body), { ...RETRIES, worthwhile: isWorthRetrying });
}
