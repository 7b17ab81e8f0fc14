import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXIT, Failure } from '../failure.ts';
import { type Language, words } from '../language.ts';

const PATIENCE_MS = 5 * 60_000;

/** What the browser shows once it has brought the answer. */
const PAGES = {
  done: words('Back to the terminal: this page can be closed.', 'Retour au terminal : cette page peut se fermer.'),
  refused: words(
    'Nobody was signed in. You can close this page.',
    "Personne n'est connecté. Vous pouvez fermer cette page.",
  ),
  foreign: words('This is not what was asked for.', "Ce n'est pas ce qui était demandé."),
};

/** What `POST /auth/token` takes. */
export interface Exchange {
  readonly grant_type: 'authorization_code';
  readonly code: string;
  readonly code_verifier: string;
  readonly redirect_uri: string;
}

/** A sign-in through the browser that has begun (RFC 8252, RFC 7636). */
export interface WebSignIn {
  /** The address that the browser is to open. */
  readonly address: string;
  /** What the page shows too: who sees another one there is being tricked. */
  readonly number: string;
  /** Waits for the browser to bring a code. @throws Failure when it was refused, or nobody came */
  code(): Promise<Exchange>;
  /** Waits for nobody any more. */
  stop(): void;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** As the page makes it (functions/portal/pages/authorize.ts). */
export const numberOf = (challenge: string): string =>
  String(sha256(`campus\0${challenge}`).readUInt32BE() % 1_000_000)
    .padStart(6, '0')
    .replace(/^(...)/, '$1 ');

function show(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.end(`${text}\n`);
}

const DENIED = (): Failure =>
  new Failure(words('it was refused in the browser', 'refusé dans le navigateur'), EXIT.signedOut);

const NOBODY = (): Failure =>
  new Failure(
    words('nobody came back from the browser', "personne n'est revenu du navigateur"),
    EXIT.unreachable,
    words('campus login asks here instead', 'campus login demande ici même'),
  );

/** What a browser brought: a code, a refusal, or nothing that was asked for. */
function broughtBy(
  { method, url = '', headers }: IncomingMessage,
  state: string,
  host: string,
): string | Failure | undefined {
  const { pathname, searchParams } = new URL(url, `http://${host}`);
  // A name that was made to mean this machine is not how the portal calls it.
  if (method !== 'GET' || pathname !== '/callback' || headers.host !== host) return undefined;
  if (searchParams.get('state') !== state) return undefined;
  return searchParams.get('code') ?? DENIED();
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    // By number: what calls itself localhost may be something else.
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Begins to sign in through the browser: waits on this machine alone, at a port of its own, for what it asked for. */
export async function beginWebSignIn(school: string, language: Language, patience = PATIENCE_MS): Promise<WebSignIn> {
  const [code_verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const challenge = sha256(code_verifier).toString('base64url');
  let resolve: (code: string) => void = () => {};
  let reject: (why: Failure) => void = () => {};
  const promise = new Promise<string>((fulfil, fail) => {
    [resolve, reject] = [fulfil, fail];
  });
  // Nobody may be waiting yet when it fails.
  promise.catch(() => {});
  let host = '';
  const server = createServer((request, response) => {
    const brought = broughtBy(request, state, host);
    if (brought === undefined) return show(response, 404, PAGES.foreign[language]);
    if (brought instanceof Failure) reject(brought);
    else resolve(brought);
    show(response, 200, PAGES[brought instanceof Failure ? 'refused' : 'done'][language]);
  });
  // A connection that a browser keeps in reserve does not keep the command from its end.
  server.on('connection', (socket) => socket.unref());
  host = `127.0.0.1:${await listening(server)}`;
  const redirect_uri = `http://${host}/callback`;
  const timer = setTimeout(() => reject(NOBODY()), patience);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'campus-cli',
    redirect_uri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
  });
  return {
    address: `${school}/portal/authorize?${query}`,
    number: numberOf(challenge),
    code: async () => ({ grant_type: 'authorization_code', code: await promise, code_verifier, redirect_uri }),
    stop: () => {
      clearTimeout(timer);
      server.close();
    },
  };
}
