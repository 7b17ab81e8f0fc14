import { sdkEndpoint } from './sdk-endpoint.ts';
import { sdkHttp } from './sdk-http.ts';
import { sdkSigner } from './sdk-signer.ts';

/** In milliseconds; with three attempts it keeps a call that hangs well inside a Lambda's time-out. */
const PATIENCE = { connection: 1_000, answer: 2_000 };

/**
 * What an SDK client is given in place of what it would choose: how it sends, where to, and how that is signed.
 * @param service what its hosts begin with, which is its name in signatures
 */
export const sdkOptions = (service: string, client: Parameters<typeof sdkSigner>[1]) => ({
  maxAttempts: 3,
  requestHandler: sdkHttp(PATIENCE),
  endpointProvider: sdkEndpoint(service),
  signer: sdkSigner(service, client),
});

/**
 * What each call would pay for and nobody reads: who wrote the SDK, its debug log, a host that the signer sets, a length that
 * our protocol has said.
 */
export function withoutTheUnread(client: { readonly middlewareStack: { remove(name: string): boolean } }): void {
  for (const name of ['getUserAgentMiddleware', 'loggerMiddleware', 'hostHeaderMiddleware', 'contentLengthMiddleware'])
    client.middlewareStack.remove(name);
}
