import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A stand-in for another context, on a loopback port of its own. `API_URL` points at it. */
export interface PeerStub {
  /** Every request since the last {@link PeerStub.behave}. */
  readonly requests: IncomingMessage[];
  /** How many connections were opened to it, ever. */
  readonly connections: number;
  /** How it answers from now on. */
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

/** Answers this JSON. */
export const json =
  (status: number, body: unknown, type = 'application/json; charset=utf-8'): Behaviour =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
  };

/** Answers a problem with this code. */
export const refuses = (status: number, code: string): Behaviour =>
  json(status, { status, code }, 'application/problem+json; charset=utf-8');

/** Every way in which a service fails its caller, by name. */
export const FAULTS: Readonly<Record<string, Behaviour>> = {
  'answers 500': refuses(500, 'internal_error'),
  'answers 429': refuses(429, 'too_many_requests'),
  'answers HTML': (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Bienvenue</h1>');
  },
  'answers 404 in HTML': (_, response) => {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>404</h1>');
  },
  'does not know the route': refuses(404, 'not_found'),
  redirects: (_, response) => {
    response.writeHead(302, { Location: '/' }).end();
  },
  'answers 200 with other JSON': json(200, { hello: 'world' }),
  'answers 200 with broken JSON': (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id": 1, ');
  },
  'answers without an end': (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"id": 1');
    response.socket?.destroySoon();
  },
  'hangs up': (request) => {
    request.socket.destroy();
  },
};

/** Never answers. */
export const silent: Behaviour = () => {};

/** Answers the head of an answer, and never its rest. */
export const stalls: Behaviour = (_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
};

/** The patience of whoever asks a peer: it runs out when the test says so, and not after a while. */
export interface Patience {
  /** For how long each question that went out would have been waited for, in milliseconds, in order. */
  readonly granted: readonly number[];
  /** How many questions are waited for now. */
  readonly held: number;
  /** Runs out for all that wait now. */
  runOut(): void;
}

/** Holds it from now on, until `jest.restoreAllMocks()`. */
export function heldPatience(): Patience {
  const granted: number[] = [];
  const waiting: AbortController[] = [];
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    granted.push(ms);
    waiting.push(controller);
    return controller.signal;
  });
  return {
    granted,
    get held() {
      return waiting.length;
    },
    runOut() {
      for (const controller of waiting.splice(0)) controller.abort(new DOMException('Held for a test', 'TimeoutError'));
    },
  };
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** Starts a stand-in and points `API_URL` at it. */
export async function startPeer(): Promise<PeerStub> {
  let behaviour: Behaviour = silent;
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    behaviour(request, response);
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    requests,
    get connections() {
      return connections;
    },
    behave(next) {
      behaviour = next;
      requests.length = 0;
    },
    stop: () => closed(server),
  };
}
