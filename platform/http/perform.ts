import type { APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod';
import { clock } from '../clock.ts';
import { type Access, Caller, ROLES, type Role } from './access.ts';
import type { Answer } from './answer.ts';
import { basePath, type HttpEvent, header, publicPath } from './context.ts';
import { AlreadyAnswered, Idempotency } from './idempotency.ts';
import { invalidField, parse } from './input.ts';
import type { Operation, Paging, Request } from './operation.ts';
import { openCursor, type PageQuery, sealCursor } from './paging.ts';
import { problem } from './problems.ts';
import { render } from './render.ts';

const ONE_VALUE = { fr: 'Une seule valeur est permise', en: 'Only one value is allowed' };
const VISIBLE_ASCII = { fr: '1 à 255 caractères ASCII visibles', en: '1 to 255 visible ASCII characters' };
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

function callerOf(event: HttpEvent, access: Access): Caller | undefined {
  const identity = event.requestContext.authorizer;
  if (access.public) return undefined;
  if (!identity?.username || !ROLES.includes(identity.role as Role)) throw problem.unauthenticated();
  const role = identity.role as Role;
  if (!access.owner && !access.roles.includes(role)) throw problem.forbidden();
  return new Caller({ username: identity.username, role, sessionId: identity.session_id }, access);
}

function queryOf(event: HttpEvent): Record<string, string | undefined> {
  const multiple = event.multiValueQueryStringParameters ?? {};
  for (const [name, values] of Object.entries(multiple))
    if (values && values.length > 1) throw invalidField(`query/${name}`, 'repeated', ONE_VALUE);
  return event.queryStringParameters ?? {};
}

function ifMatchOf(event: HttpEvent): number | undefined {
  const tag = header(event, 'if-match')?.trim();
  if (tag === undefined || tag === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(tag)?.[1];
  if (!version) throw problem.stale_version();
  return Number(version);
}

const lowerCased = (headers: HttpEvent['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value ?? '']));

async function idempotencyOf(event: HttpEvent, caller: Caller | undefined): Promise<Idempotency> {
  const key = header(event, 'idempotency-key');
  const table = event.operation.idempotentIn;
  if (key === undefined || !table) return Idempotency.none();
  if (!IDEMPOTENCY_KEY.test(key)) throw invalidField('header/idempotency-key', 'invalid_format', VISIBLE_ASCII);
  const request = JSON.stringify([event.httpMethod, event.path, event.queryStringParameters, event.json]);
  const owner = caller ? `user:${caller.username}` : 'anonymous';
  return Idempotency.of(table, { owner, key, request, answers: event.operation.answers });
}

type AnyRequest = Request<never, never, never>;

/** Runs the operation, or gives the answer that the same idempotency key already had. */
async function once(operation: Operation, request: AnyRequest): Promise<Answer> {
  const { idempotency } = request;
  const earlier = await idempotency.earlierAnswer();
  if (earlier) return earlier;
  try {
    const answer = await operation.handle(request);
    // An operation open to owners that never asked whose the record is must not answer.
    if (request.caller?.unchecked) throw new Error(`${operation.route} did not ask for the owner`);
    await idempotency.settle(answer);
    return answer;
  } catch (error) {
    // A refusal may be the doing of the same key's first call, which committed while this one was under way.
    const answer = await idempotency.earlierAnswer();
    if (answer) return answer;
    throw error instanceof AlreadyAnswered ? problem.busy({ cause: error }) : error;
  }
}

/** Reads the query; a list's filters and, apart from them, the page that is asked for. */
async function listing(event: HttpEvent, scope: readonly unknown[]) {
  const asked = parse(event.operation.query, queryOf(event), 'query');
  if (!event.operation.paged) return { query: asked, list: '', paging: undefined };
  const { limit, cursor, ...query } = asked as z.output<typeof PageQuery>;
  const list = JSON.stringify([event.operation.route, query, ...scope]);
  const paging: Paging = { limit, after: cursor === undefined ? undefined : await openCursor(cursor, list) };
  return { query, list, paging };
}

/** The address of a list's next page. The cursor is bound to the list it came from. */
async function nextPage(event: HttpEvent, { next }: Answer, list: string): Promise<string | undefined> {
  if (!next) return undefined;
  const query = new URLSearchParams(event.queryStringParameters as Record<string, string> | undefined);
  query.set('cursor', await sealCursor(next, list));
  return `${publicPath(event)}?${query}`;
}

/** The innermost handler: authorises, validates, runs the operation, and renders its answer. */
export async function perform(event: HttpEvent): Promise<APIGatewayProxyResult> {
  const { operation } = event;
  const caller = callerOf(event, operation.access);
  const path = parse(operation.path, event.pathParameters ?? {}, 'path');
  const { query, list, paging } = await listing(event, [path, caller?.username]);
  const request = {
    path,
    query,
    body: operation.body && parse(operation.body, event.json, 'body'),
    caller,
    paging,
    idempotency: await idempotencyOf(event, caller),
    ifMatch: operation.versioned && event.httpMethod !== 'GET' ? ifMatchOf(event) : undefined,
    headers: lowerCased(event.headers),
    sourceIp: event.requestContext.identity?.sourceIp ?? '',
    receivedAt: event.requestContext.requestTimeEpoch ?? clock.now(),
  };
  const answer = await once(operation, request as unknown as AnyRequest);
  return render(operation, answer, {
    base: basePath(event),
    ifNoneMatch: event.httpMethod === 'GET' ? header(event, 'if-none-match') : undefined,
    nextPage: await nextPage(event, answer, list),
  });
}
