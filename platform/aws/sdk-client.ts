import { sdkEndpoint } from './sdk-endpoint.ts';
import { type Patience, sdkHttp } from './sdk-http.ts';
import { sdkSigner } from './sdk-signer.ts';

/** A service: what its hosts begin with, which is its name in signatures, and how long it is waited for. */
interface Service {
  readonly host: string;
  readonly patience: Patience;
}

/** What an SDK client is given in place of what it would choose: how it sends, where to, and how that is signed. */
export const sdkOptions = ({ host, patience }: Service, client: Parameters<typeof sdkSigner>[1]) => ({
  requestHandler: sdkHttp(patience),
  endpointProvider: sdkEndpoint(host),
  signer: sdkSigner(host, client),
});

/** What each call would pay for and nobody reads: who wrote the SDK, its debug log, a host that the signer sets. */
export function withoutTheUnread(client: { readonly middlewareStack: { remove(name: string): boolean } }): void {
  for (const name of ['getUserAgentMiddleware', 'loggerMiddleware', 'hostHeaderMiddleware'])
    client.middlewareStack.remove(name);
}
