import { lookup } from 'node:dns/promises';
import { StartFailure } from '../../project/failure.ts';

/** Where LocalStack listens unless told otherwise. */
export const DEFAULT_ENDPOINT = 'http://127.0.0.1:4566';

const AWS_HOST = /(^|\.)amazonaws\.com(\.cn)?$/;

/**
 * The environment in which osls, the SDK and the demo data speak to the emulator and to nothing else.
 * @throws StartFailure when the endpoint is AWS itself
 */
export async function emulatorEnvironment(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const endpoint = new URL(env.AWS_ENDPOINT_URL || DEFAULT_ENDPOINT);
  if (AWS_HOST.test(endpoint.hostname)) throw new StartFailure(`${endpoint.host} is AWS itself, not an emulator.`);
  return {
    ...withoutAws(env),
    AWS_ENDPOINT_URL: await byAddress(endpoint),
    // In a network of containers it has one name for people outside, and another inside the containers of its Lambdas.
    CAMPUS_PUBLIC_ENDPOINT_URL: env.CAMPUS_PUBLIC_ENDPOINT_URL || endpoint.origin,
    CAMPUS_LAMBDA_ENDPOINT_URL: env.CAMPUS_LAMBDA_ENDPOINT_URL || endpoint.origin,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: env.AWS_REGION || 'eu-west-3',
    AWS_EC2_METADATA_DISABLED: 'true',
    SLS_TELEMETRY_DISABLED: '1',
    SLS_NOTIFICATIONS_MODE: 'off',
  };
}

/** A profile or a session of the machine must not lead to a real account. */
function withoutAws(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !/^(AWS_|SLS_|SERVERLESS_)/.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Under a host name the SDK would put S3 buckets in front of it, under an address it puts them into the path. */
async function byAddress(endpoint: URL): Promise<string> {
  const { address } = await lookup(endpoint.hostname, { family: 4 }).catch(() => {
    throw new StartFailure(`there is no host ${endpoint.hostname}.`);
  });
  const port = endpoint.port && `:${endpoint.port}`;
  return `${endpoint.protocol}//${address}${port}`;
}
