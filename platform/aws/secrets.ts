import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clock } from '../base/clock.ts';
import { required } from '../base/env.ts';
import { log } from '../base/log.ts';
import { callAws } from './call.ts';

/**
 * The application's secrets: `signing-secret` (key ring of what comes back to us: cursors, claim codes),
 * `jwt-signing-key` (private key ring, auth only).
 */
export type SecretName = 'signing-secret' | 'jwt-signing-key';

async function fromParameterStore(name: SecretName): Promise<string> {
  const input = { Name: `/campus/${required('CAMPUS_STAGE')}/${name}`, WithDecryption: true };
  const { Parameter } = await callAws<{ Parameter?: { Value?: string } }>('ssm', 'GetParameter', input);
  if (!Parameter?.Value) throw new Error(`The parameter of the secret ${name} is empty`);
  return Parameter.Value;
}

/**
 * A secret as it stands now, from SSM Parameter Store (a SecureString), or from the folder `CAMPUS_SECRETS_DIR`
 * locally.
 */
const freshSecret = (name: SecretName): Promise<string> =>
  process.env.CAMPUS_SECRETS_DIR
    ? readFile(join(process.env.CAMPUS_SECRETS_DIR, name), 'utf8')
    : fromParameterStore(name);

/** After this long a secret is read again, so that a key that was retired stops verifying. */
const KEPT_MS = 5 * 60_000;

/** What a known key does not explain has the secret read at once, but no oftener than this: inventing must cost us nothing. */
const PATIENCE_MS = 30_000;

/** A secret that may change while a function lives, as what is made of its text: making it costs more than using it. */
export class LiveSecret<T> {
  readonly #name: SecretName;
  readonly #made: (text: string) => T | Promise<T>;
  #current: { readonly of: T; readonly readAt: number } | undefined;
  #reading: Promise<T> | undefined;
  #triedAt = 0;

  /** @param made what its text is turned into, once for each reading; throws where the text is of no use */
  constructor(name: SecretName, made: (text: string) => T | Promise<T>) {
    this.#name = name;
    this.#made = made;
  }

  /** As it stood at most five minutes ago. @throws Error only where it was never read */
  known(): Promise<T> {
    return this.#notOlderThan(KEPT_MS);
  }

  /** For what {@link known} does not explain: as it stood at most half a minute ago. */
  anew(): Promise<T> {
    return this.#notOlderThan(PATIENCE_MS);
  }

  async #notOlderThan(milliseconds: number): Promise<T> {
    const now = clock.now();
    const current = this.#current;
    const goodEnough = current && (now - current.readAt < milliseconds || now - this.#triedAt < PATIENCE_MS);
    return current && goodEnough ? current.of : this.#readOnce();
  }

  #readOnce(): Promise<T> {
    this.#triedAt = clock.now();
    this.#reading ??= this.#read()
      .catch((error: unknown) => {
        if (!this.#current) throw error;
        // What we have is still good: better than refusing everybody.
        log.error('secret not read', { secret: this.#name, error });
        return this.#current.of;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #read(): Promise<T> {
    const readAt = clock.now();
    const text = await freshSecret(this.#name);
    const of = await (async () => this.#made(text))().catch((error: unknown) => {
      throw new Error(`The secret ${this.#name} cannot be used`, { cause: error });
    });
    this.#current = { of, readAt };
    return of;
  }
}
