import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import pLimit from 'p-limit';
import { required } from '../platform/base/env.ts';
import { atStep } from './web-server.ts';

/** How many requests are served at once; the others wait for their turn before anything is done for them. */
const AT_ONCE = 32;

/** A path in front of the API's own that nobody outside can know: what comes by it, one of our contexts asks. */
export const newPeerEntrance = (): string => `/${randomUUID()}`;

/** A request of which only the head has been read. */
interface Arrival {
  readonly url: URL;
  readonly response: ServerResponse;
  /** Has the request served as one for another path. */
  redirect(url: string): void;
}

interface HapiRequest {
  readonly url: URL;
  setUrl(url: string): void;
  readonly raw: { readonly res: ServerResponse };
}

/** What admits a request: at once by the entrance for peers, else when its turn has come. */
export function admission(peerEntrance: string, atOnce = AT_ONCE) {
  const limit = pLimit(atOnce);
  return async ({ url, response, redirect }: Arrival): Promise<void> => {
    if (url.pathname.startsWith(`${peerEntrance}/`)) {
      redirect(url.pathname.slice(peerEntrance.length) + url.search);
      return;
    }
    const { promise: admitted, resolve: admit } = Promise.withResolvers<void>();
    void limit(() => {
      admit();
      return finished(response).catch(() => {});
    });
    await admitted;
  };
}

/**
 * Lets a crowd in a few at a time, as many as Lambda would have of instances. One process serves all of them here, and
 * one context's question to another comes back to it: behind a crowd it would be answered after whoever asked has lost
 * patience. What comes by the entrance for peers (`API_URL`) therefore waits for nobody; those it could wait for may
 * be waiting for it.
 */
export function admitInTurn(): Promise<void> {
  const admit = admission(new URL(required('API_URL')).pathname);
  return atStep('onRequest', async (request: HapiRequest, toolkit) => {
    await admit({ url: request.url, response: request.raw.res, redirect: (url) => request.setUrl(url) });
    return toolkit.continue;
  });
}
