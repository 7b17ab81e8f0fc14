/** A deployed API, called over the wire. */
export class Api {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The status and the body of an answer, a JSON object or nothing. */
  async call(method: string, path: string, body?: unknown, token?: string) {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (json && text ? JSON.parse(text) : {}) as Record<string, unknown> };
  }

  /** An access token. @throws Error when the account cannot sign in */
  async logIn(username: string, password: string): Promise<string> {
    const { status, body } = await this.call('POST', '/auth/login', { username, password });
    if (status !== 200) throw new Error(`${username} cannot sign in: ${status} ${body.code}`);
    return String(body.access_token);
  }
}
