import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** The keys that Lambda puts into the environment of every function. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A POST to an AWS service, before it is signed. */
export interface Unsigned {
  readonly service: string;
  readonly region: string;
  /** As the `Host` header will say it, the port included where it is not the default one. */
  readonly host: string;
  /** Lower-case names. They are all signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

const sha256 = (text: string): string => hash('sha256', text, 'hex');
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

/** The headers with which AWS takes a POST to `/` for ours (Signature Version 4). */
export function signedHeaders(request: Unsigned, credentials: Credentials): Record<string, string> {
  const { service, region, host, headers, body, now } = request;
  const instant = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = instant.slice(0, 8);
  const { accessKeyId, sessionToken } = credentials;
  const signed: Record<string, string> = {
    ...headers,
    host,
    'x-amz-date': instant,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
  const canonical = ['POST', '/', '', lines, names.join(';'), sha256(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = [ALGORITHM, instant, scope, sha256(canonical)].join('\n');
  const signature = createHmac('sha256', signingKey(credentials, [day, region, service]))
    .update(toSign)
    .digest('hex');
  return {
    ...signed,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
