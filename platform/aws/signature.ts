import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** The keys that Lambda puts into the environment of every function. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A request to an AWS service, before it is signed. */
export interface Unsigned {
  readonly service: string;
  readonly region: string;
  /** As the `Host` header will say it, the port included where it is not the default one. */
  readonly host: string;
  /** POST unless said. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** The path as it is sent, percent-encoded; `/` unless said. */
  readonly path?: string;
  /** Lower-case names. They are all signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A request that whoever has its address may send, before it is signed. It has no body that we know. */
export interface Presigned extends Omit<Unsigned, 'body'> {
  /** For how many seconds the address is good. */
  readonly expiresIn: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

let derived: { readonly from: string; readonly key: KeyObject } | undefined;

/** The key of one day, region and service. Deriving it takes four HMACs, so the last one is kept. */
function signingKey(
  { secretAccessKey }: Credentials,
  [day, region, service]: readonly [string, string, string],
): KeyObject {
  const from = [secretAccessKey, day, region, service].join('\0');
  if (derived?.from !== from) {
    const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
    derived = { from, key: createSecretKey(key as Buffer) };
  }
  return derived.key;
}

interface Scope {
  /** The time as AWS writes it: `20261126T151500Z`. */
  readonly instant: string;
  readonly day: string;
  readonly scope: string;
}

function scopeOf({ now, region, service }: Pick<Unsigned, 'now' | 'region' | 'service'>): Scope {
  const instant = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = instant.slice(0, 8);
  return { instant, day, scope: `${day}/${region}/${service}/aws4_request` };
}

/** What is signed: the request in the one form that both sides make of it. */
interface Canonical {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

const namesOf = (headers: object): string[] => Object.keys(headers).sort();

function signatureOf(request: Omit<Unsigned, 'body'>, credentials: Credentials, canonical: Canonical): string {
  const { method = 'POST', path = '/', region, service } = request;
  const { query, headers, payload } = canonical;
  const { instant, day, scope } = scopeOf(request);
  const names = namesOf(headers);
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const whole = [method, path, query, lines, names.join(';'), payload].join('\n');
  const toSign = [ALGORITHM, instant, scope, sha256(whole)].join('\n');
  return createHmac('sha256', signingKey(credentials, [day, region, service]))
    .update(toSign)
    .digest('hex');
}

/** The headers with which AWS takes a request for ours (Signature Version 4). S3 also wants the hash of the body. */
export function signedHeaders(request: Unsigned, credentials: Credentials): Record<string, string> {
  const { instant, scope } = scopeOf(request);
  const { accessKeyId, sessionToken } = credentials;
  const payload = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    'x-amz-date': instant,
    ...(request.service === 's3' && { 'x-amz-content-sha256': payload }),
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  const signature = signatureOf(request, credentials, { query: '', headers, payload });
  const names = namesOf(headers).join(';');
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** Percent-encoded as AWS does it: all but letters, digits and `-._~`. */
export const awsEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The query with which whoever has it may send this one request, with exactly these headers, until it expires
 * (Signature Version 4, in the query).
 */
export function presignedQuery(request: Presigned, credentials: Credentials): string {
  const { instant, scope } = scopeOf(request);
  const { accessKeyId, sessionToken } = credentials;
  const headers = { ...request.headers, host: request.host };
  const parameters: Record<string, string> = {
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': instant,
    'X-Amz-Expires': String(request.expiresIn),
    ...(sessionToken && { 'X-Amz-Security-Token': sessionToken }),
    'X-Amz-SignedHeaders': namesOf(headers).join(';'),
  };
  const query = namesOf(parameters)
    .map((name) => `${awsEncoded(name)}=${awsEncoded(parameters[name] ?? '')}`)
    .join('&');
  const signature = signatureOf(request, credentials, { query, headers, payload: 'UNSIGNED-PAYLOAD' });
  return `${query}&X-Amz-Signature=${signature}`;
}
