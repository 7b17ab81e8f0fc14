import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { type Credentials, signedHeaders } from './signature.ts';

type Signer = Exclude<NonNullable<DynamoDBClientConfig['signer']>, (...args: never) => unknown>;
type Request = Parameters<Signer['sign']>[0];

/** What is signed of a request beside its host and date: what it asks for. AWS wants all that begins with `x-amz`. */
const isSigned = (name: string): boolean => name === 'content-type' || name.startsWith('x-amz');

const hostOf = ({ hostname, port }: Request): string => (port ? `${hostname}:${port}` : hostname);

const lowerCase = (headers: Request['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** For whom and where it is signed: what the configuration of a client says. */
interface Client {
  readonly credentials: () => Promise<Credentials>;
  readonly region: () => Promise<string>;
}

/**
 * Signs the requests of an SDK client that speaks JSON as our own are signed, with the day's key kept: half of what the
 * SDK's signer takes. The SDK still says when, so its correction of a wrong clock holds.
 * @param service its name in signatures
 * @param client asked at each request, since the client has its signer before it has the rest
 */
export const sdkSigner = (service: string, client: () => Client): Signer => ({
  async sign(request, { signingDate = new Date(), signingRegion, signingService = service } = {}) {
    const headers = lowerCase(request.headers);
    const [credentials, region] = await Promise.all([client().credentials(), signingRegion ?? client().region()]);
    const signed = signedHeaders(
      {
        service: signingService,
        region,
        host: hostOf(request),
        path: request.path,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => isSigned(name))),
        body: (request.body as string | Uint8Array | undefined) ?? '',
        now: new Date(signingDate).getTime(),
      },
      credentials,
    );
    // A copy: another attempt begins with the request as it was before.
    return Object.assign(Object.create(Object.getPrototypeOf(request)), request, {
      headers: { ...headers, ...signed },
    });
  },
});
