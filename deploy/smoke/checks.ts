/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A question to a deployment, and what is wrong with its answer. */
export interface Check {
  readonly promise: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Nothing when the promise is kept. */
  readonly fault: (answer: Answer) => string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const typeOf = ({ headers }: Answer): string => headers.get('content-type')?.replace(/;.*/, '') ?? 'no type';

function jsonOf({ text }: Answer): Json {
  try {
    return Object(JSON.parse(text)) as Json;
  } catch {
    return {};
  }
}

/** @returns what is wrong with an answer that should be of this status and type */
const unlike = (status: number, type: string, answer: Answer): string | undefined =>
  answer.status === status && typeOf(answer) === type ? undefined : `${answer.status}, ${typeOf(answer)}`;

/** @returns what is wrong with an answer that should be this problem */
const otherThan = (status: number, code: string, answer: Answer): string | undefined =>
  unlike(status, 'application/problem+json', answer) ??
  (jsonOf(answer).code === code ? undefined : `the problem ${jsonOf(answer).code}`);

const refused = (answer: Answer): string | undefined =>
  otherThan(401, 'unauthenticated', answer) ??
  (/^Bearer\b/.test(answer.headers.get('www-authenticate') ?? '') ? undefined : 'it does not say how to authenticate');

/** Keys that verify tokens, and nothing of the one that signs them. */
function publicKeys(answer: Answer): string | undefined {
  const { keys } = jsonOf(answer);
  if (!Array.isArray(keys) || keys.length === 0) return 'no keys';
  return keys.some((key: Json) => 'd' in key) ? 'a private key' : undefined;
}

const encoded = (part: object | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token that only its signature shows to be forged: the authorizer has to fetch its keys to see that. */
const forged = (): string =>
  [{ alg: 'ES256', typ: 'at+jwt', kid: 'nobody' }, { sub: 'nobody', exp: 4_102_444_800 }, 'not signed'.padEnd(64, '.')]
    .map(encoded)
    .join('.');

/** What shows that a deployment is up, whole and shut to strangers. Nobody signs in, and nothing is changed. */
export const CHECKS: readonly Check[] = [
  {
    promise: 'it says that it is up',
    path: '/status',
    fault: (answer) =>
      unlike(200, 'application/json', answer) ?? (jsonOf(answer).status === 'ok' ? undefined : answer.text),
  },
  {
    promise: 'it has the keys that its tokens are verified with, and shows the public part only',
    path: '/.well-known/jwks.json',
    fault: (answer) => (answer.status === 200 ? publicKeys(answer) : String(answer.status)),
  },
  { promise: 'without a token nobody comes in', path: '/users', fault: refused },
  {
    promise: 'with a forged token neither',
    path: '/users',
    headers: { Authorization: `Bearer ${forged()}` },
    fault: refused,
  },
  {
    promise: 'what is not there is a problem',
    path: '/no/such/route',
    fault: (answer) => otherThan(404, 'not_found', answer),
  },
  {
    promise: 'it describes itself',
    path: '/openapi.json',
    fault: (answer) =>
      unlike(200, 'application/json', answer) ?? ('paths' in jsonOf(answer) ? undefined : 'no description'),
  },
  { promise: 'its documentation opens', path: '/docs', fault: (answer) => unlike(200, 'text/html', answer) },
  {
    promise: 'its portal opens',
    path: '/',
    headers: { Accept: 'text/html' },
    fault: (answer) => unlike(200, 'text/html', answer),
  },
];
