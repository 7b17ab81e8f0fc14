import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths } from './api.ts';

export type { components, operations, paths } from './api.ts';

/** What a client knows of the API's other end. */
export interface Connection {
  /** The API's address, with its stage where it has one. */
  readonly baseUrl: string;
  /** Gives the access token to send; undefined where there is none. Asked at each call. */
  readonly token?: () => string | undefined;
  /** The language of messages. */
  readonly language?: 'fr' | 'en';
  /** What sends a request, where it is not plain `fetch`: to try again, or through a proxy. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

const identify = ({ token, language }: Connection): Middleware => ({
  onRequest({ request }) {
    const current = token?.();
    if (current) request.headers.set('Authorization', `Bearer ${current}`);
    if (language) request.headers.set('Accept-Language', language);
    return request;
  },
});

/** A client of the API whose paths, parameters, bodies and answers are those of `openapi.json`. */
export function campus(connection: Connection): Client<paths> {
  const { baseUrl, fetch } = connection;
  const client = createClient<paths>({ baseUrl: baseUrl.replace(/\/$/, ''), ...(fetch && { fetch }) });
  client.use(identify(connection));
  return client;
}
