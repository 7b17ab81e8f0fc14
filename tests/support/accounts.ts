import { randomUUID } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { draft, insert } from '../../functions/auth/account-store.ts';
import { handler as accounts } from '../../functions/auth/accounts.ts';
import { handler as authorizer } from '../../functions/auth/authorizer.ts';
import { hashPassword } from '../../functions/auth/passwords.ts';
import { handler as sessions } from '../../functions/auth/sessions.ts';
import { table } from '../../functions/auth/table.ts';
import { keyPart } from '../../platform/base/key-part.ts';
import { commit } from '../../platform/events/commit.ts';
import type { Role } from '../../platform/http/access.ts';
import { call, type Identity, type Received } from './call.ts';
import { createContext } from './tables.ts';

/** Calls of the auth context's Lambdas, for the tests beside it. They need its table: `createContext('auth')`. */
export const password = 'correct horse battery';

/** Opens the auth context, with an account for the `admin` of `call.ts`: who changes others must be one. */
export async function openAccounts(): Promise<Record<string, string>> {
  const environment = await createContext('auth');
  await storeAccount('admin', await hashPassword(password), 'admin');
  return environment;
}

let lastSource = 0;

/** An address of its own, so that what one test fails at does not count against another. */
export const newSource = (): string => `198.51.${(lastSource >> 8) & 255}.${lastSource++ & 255}`;
/** Stores an account of this hash. */
export async function storeAccount(username: string, password_hash: string, role: Role = 'student'): Promise<void> {
  await commit(table, () => ({ writes: insert(draft({ username: keyPart(username), role, password_hash })) }));
}

/** A new account with {@link password}, or with the password of this hash. */
export async function newAccount(role: Role = 'student', prefix = 'user', hash?: string): Promise<string> {
  const username = `${prefix}-${randomUUID().slice(0, 13)}`;
  await storeAccount(username, hash ?? (await hashPassword(password)), role);
  return username;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

export const attempt = (username: string, secret: string, sourceIp = newSource()): Promise<Received> =>
  call(sessions, 'POST /auth/login', { body: { username, password: secret }, sourceIp });

/** Signs in with {@link password}. */
export async function signIn(username: string): Promise<Tokens> {
  const { status, body } = await attempt(username, password);
  if (status !== 200) throw new Error(`${username} cannot sign in: ${status} ${body?.code}`);
  return body;
}

export const refresh = (refresh_token: string, receivedAt?: number): Promise<Received> =>
  call(sessions, 'POST /auth/refresh', { body: { refresh_token }, ...(receivedAt !== undefined && { receivedAt }) });

/** What the authorizer says of an `Authorization` header: who calls, or its refusal. */
export async function authorize(header: string | undefined): Promise<Identity | string> {
  const event = { type: 'REQUEST', methodArn: 'arn:x', headers: header === undefined ? {} : { Authorization: header } };
  try {
    const { context } = await authorizer(event as unknown as APIGatewayRequestAuthorizerEvent);
    return context as unknown as Identity;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether the authorizer lets an access token through. */
export const opens = async (token: string): Promise<boolean> =>
  typeof (await authorize(`Bearer ${token}`)) !== 'string';

/** Who a token's bearer is for the handlers. */
export async function bearerOf({ access_token }: Pick<Tokens, 'access_token'>): Promise<Identity> {
  const identity = await authorize(`Bearer ${access_token}`);
  if (typeof identity === 'string') throw new Error('the token does not open anything');
  return identity;
}

export { accounts, sessions };
