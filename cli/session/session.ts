import { campus, type paths } from '../../clients/campus.ts';
import { take } from '../api/take.ts';
import { EXIT, Failure, Refused } from '../failure.ts';
import { type Language, words } from '../language.ts';
import { type Credentials, changeCredentials, readCredentials } from './credentials.ts';
import type { School } from './profiles.ts';
import type { Exchange } from './web.ts';

/** Refreshed a little before its end: the clocks of two machines differ. */
const MARGIN_MS = 20_000;

type Fetch = (request: Request) => Promise<Response>;

interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly username: string;
  readonly role: string;
}

const kept = ({ access_token, refresh_token, expires_in, username, role }: Pair): Credentials => ({
  username,
  role,
  access_token,
  refresh_token,
  expires_at: Date.now() + expires_in * 1000,
});

const SIGNED_OUT = (): Failure =>
  new Failure(
    words('nobody is signed in here', "personne n'est connecté ici"),
    EXIT.signedOut,
    words('campus login', 'campus login'),
  );

/** Somebody's session at a school: signing in and out, and a token that is good whenever it is asked for. */
export class Session {
  readonly school: School;
  readonly #env: NodeJS.ProcessEnv;
  readonly #public: ReturnType<typeof campus>;

  constructor(env: NodeJS.ProcessEnv, school: School, language: Language, fetch: Fetch) {
    this.school = school;
    this.#env = env;
    this.#public = campus({ baseUrl: school.url, language, fetch });
  }

  /** What is kept, whether it still opens anything or not. */
  get credentials(): Credentials | undefined {
    return readCredentials(this.#env, this.school);
  }

  /** Signs in and keeps the session. @throws Refused when the two do not belong together */
  async signIn(username: string, password: string): Promise<Credentials> {
    const pair = await take(this.#public.POST('/auth/login', { body: { username, password } }));
    const changed = kept(pair);
    await changeCredentials(this.#env, this.school, async () => changed);
    return changed;
  }

  /** Signs in with what the browser brought, and keeps the session. @throws Refused */
  async signInWith(exchange: Exchange): Promise<Credentials> {
    const changed = kept(await take(this.#public.POST('/auth/token', { body: exchange })));
    await changeCredentials(this.#env, this.school, async () => changed);
    return changed;
  }

  /** Opens an account: nobody need be signed in for it. */
  signUp(body: paths['/users']['post']['requestBody']['content']['application/json']) {
    return this.#public.POST('/users', { body });
  }

  /** Forgets what is kept, and ends it at the school too as long as it answers. @returns who it was */
  async signOut(): Promise<string | undefined> {
    const before = this.credentials;
    if (!before) return undefined;
    const token = await this.token().catch(() => before.access_token);
    const headers = { Authorization: `Bearer ${token}` };
    try {
      await this.#public.POST('/auth/logout', { headers });
    } finally {
      await changeCredentials(this.#env, this.school, async () => undefined);
    }
    return before.username;
  }

  /**
   * An access token that is good. Of several processes that find it old at once, one refreshes it, and the others read
   * what that one kept: the old refresh token used twice would end the session.
   * @param refused one that the API no longer takes
   * @throws Failure when nobody is signed in
   */
  async token(refused?: string): Promise<string> {
    const isGood = ({ access_token, expires_at }: Credentials) =>
      access_token !== refused && expires_at - MARGIN_MS > Date.now();
    const before = this.credentials;
    if (!before) throw SIGNED_OUT();
    if (isGood(before)) return before.access_token;
    const after = await changeCredentials(this.#env, this.school, async (now) =>
      now && isGood(now) ? now : now && this.#refreshed(now),
    );
    if (!after) throw SIGNED_OUT();
    return after.access_token;
  }

  async #refreshed({ refresh_token }: Credentials): Promise<Credentials | undefined> {
    try {
      return kept(await take(this.#public.POST('/auth/refresh', { body: { refresh_token } })));
    } catch (error) {
      if (error instanceof Refused && error.refusal.status === 401) return undefined;
      throw error;
    }
  }
}
