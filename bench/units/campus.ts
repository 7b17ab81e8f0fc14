import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handler as onStudentEvent } from '../../functions/grades/on-student-event.ts';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import { readContexts, routesOf, sourceOf } from '../../project/contexts.ts';
import { LOOPBACK } from '../../project/ports.ts';
import { authorize, newSource, password } from '../../tests/support/accounts.ts';
import { call, type Identity, type Received, routeFor } from '../../tests/support/call.ts';
import { deliver } from '../../tests/support/deliver.ts';
import { received } from '../../tests/support/messages.ts';
import { createContext } from '../../tests/support/tables.ts';

const CONTEXTS = ['auth', 'grades', 'health', 'orders', 'persons', 'registration'] as const;

/** Every Lambda behind the API of these contexts, by the routes that the gateway sends it. */
async function gateway(): Promise<Map<string, HttpHandler>> {
  const lambdas = readContexts()
    .filter(({ name }) => CONTEXTS.some((one) => one === name))
    .flatMap((context) => context.lambdas);
  const served = await Promise.all(
    lambdas.map(async (lambda) => {
      const routes = routesOf(lambda);
      if (routes.length === 0) return [];
      const { handler } = (await import(`../../${sourceOf(lambda)}`)) as { handler: HttpHandler };
      return routes.map(({ route }): [string, HttpHandler] => [route, handler]);
    }),
  );
  return new Map(served.flat());
}

function admitted(identity: Identity | string): Identity {
  if (typeof identity === 'string') throw new Error(identity);
  return identity;
}

/** All contexts in one process, with their own handlers: the gateway, its authorizer, and the API that peers ask. */
export class Campus implements AsyncDisposable {
  /** The tables, by the name of their context. */
  readonly tables: ReadonlyMap<string, string>;
  readonly #handlers: ReadonlyMap<string, HttpHandler>;
  readonly #peers: Server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  readonly #tokens = new Map<string, string>();
  #asked = 0;

  private constructor(environment: Readonly<Record<string, string>>, handlers: ReadonlyMap<string, HttpHandler>) {
    this.tables = new Map(CONTEXTS.map((name) => [name, environment[`${name.toUpperCase()}_TABLE`] ?? '']));
    this.#handlers = handlers;
  }

  /** Creates the tables and queues on the engines, and listens for peers. */
  static async open(): Promise<Campus> {
    const campus = new Campus(await createContext(...CONTEXTS), await gateway());
    campus.#peers.listen(0, LOOPBACK);
    await once(campus.#peers, 'listening');
    process.env.API_URL = `http://${LOOPBACK}:${(campus.#peers.address() as AddressInfo).port}`;
    return campus;
  }

  /** How often a context has asked another one. */
  get asked(): number {
    return this.#asked;
  }

  /** A call without a token, from an address that nobody called from before. */
  stranger(request: string, body: unknown): Promise<Received> {
    return call(this.#handlerFor(request), request, { body, sourceIp: newSource() });
  }

  /** Signs an account in, with the password of all. */
  async signIn(username: string): Promise<void> {
    const { body } = await this.stranger('POST /auth/login', { username, password });
    this.#tokens.set(username, `Bearer ${body.access_token}`);
  }

  /** Who the authorizer says an account is that is signed in. @throws where it does not let it in */
  async authorized(username: string): Promise<Identity> {
    return admitted(await authorize(this.#tokens.get(username)));
  }

  /** A call by an account that is signed in, once the authorizer has let it in. @throws where it does not go well */
  async as({ username, ...who }: Identity, request: string, body?: unknown): Promise<Received> {
    const headers = { Authorization: this.#tokens.get(username) ?? '', 'Content-Type': 'application/json' };
    const answer = await call(this.#handlerFor(request), request, { as: { username, ...who }, headers, body });
    if (answer.status >= 300) throw new Error(`${request}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** Hands the grades what registration told, as the poller would. */
  async tellGrades(): Promise<void> {
    const events = await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '');
    for (let from = 0; from < events.length; from += 10) await deliver(onStudentEvent, events.slice(from, from + 10));
  }

  #handlerFor(request: string): HttpHandler {
    const [method = '', path = ''] = request.split(/[ ?]/);
    const found = routeFor([...this.#handlers.keys()], method, path);
    const handler = found && this.#handlers.get(`${method} ${found.resource}`);
    if (!handler) throw new Error(`Nothing serves ${request}`);
    return handler;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#asked += 1;
    const { method, url, headers } = request;
    const asked = `${method} ${url}`;
    const Authorization = headers.authorization ?? '';
    const as = admitted(await authorize(Authorization));
    const answer = await call(this.#handlerFor(asked), asked, { as, headers: { Authorization } });
    response.writeHead(answer.status, answer.headers).end(answer.text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#peers.close();
    this.#peers.closeAllConnections();
    await once(this.#peers, 'close');
  }
}
