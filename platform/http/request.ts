import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import { clock } from '../base/clock.ts';
import { keyPart } from '../base/key-part.ts';
import { problem } from '../base/problems.ts';
import type { Paging } from '../data/table.ts';
import { invalidField, parse } from '../schema/input.ts';
import { type Access, Caller, ROLES, type Role } from './access.ts';
import { isReadable, pathParameters } from './address.ts';
import { typesOf } from './answer.ts';
import { jsonBody, mustFit } from './body.ts';
import { canonicalJson } from './canonical.ts';
import { fileOf } from './file-body.ts';
import { header, listHeader, lowerCased } from './headers.ts';
import type { SentKey } from './idempotency.ts';
import { isAcceptable } from './media-types.ts';
import type { Operation } from './operation.ts';
import { openCursor, PageQuery } from './paging.ts';
import { Preconditions } from './preconditions.ts';
import { setApart } from './read-only.ts';
import { notFor, unauthenticated } from './refusals.ts';
import { vouchedAddress } from './visitor.ts';

/** The header by which the local emulator lets a client replace the identity that the authorizer vouched for. */
const IDENTITY_OVERRIDE = 'sls-offline-authorizer-override';

/** The most parameters that a query may have. */
const MOST_PARAMETERS = 50;

// What nearly every client sends; the rest is weighed.
const ANYTHING = /^\*\/\*$/;

const ONE_VALUE = { fr: 'Une seule valeur est permise', en: 'Only one value is allowed' };
const TOO_MANY = { fr: `${MOST_PARAMETERS} paramètres au plus`, en: `${MOST_PARAMETERS} parameters at most` };
const VISIBLE_ASCII = { fr: '1 à 255 caractères ASCII visibles', en: '1 to 255 visible ASCII characters' };
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** A request as its operation takes it, read from the gateway's event once and in one place. */
export interface ReadRequest {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
  /** The body of an operation that takes a file. */
  readonly file: Uint8Array | undefined;
  /** What the body says of members that nobody may change: held against what is stored. */
  readonly sentBack: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  readonly receivedAt: number;
  readonly caller: Caller | undefined;
  readonly preconditions: Preconditions;
  readonly paging: Paging | undefined;
  /** What a cursor of this list is bound to: the operation, its filters and whose it is. */
  readonly list: string;
  readonly sentKey: SentKey | undefined;
}

/** Whoever calls, provided that their role may come as far as this operation. @throws unauthenticated, forbidden */
function callerOf(event: APIGatewayProxyEvent, access: Access): Caller | undefined {
  const identity = event.requestContext.authorizer;
  if (access.public) return undefined;
  if (!identity?.username || !ROLES.includes(identity.role as Role))
    throw unauthenticated(header(event, 'authorization'));
  const role = identity.role as Role;
  if (access.relations.length === 0 && !access.roles.includes(role)) throw notFor(role, access.roles);
  return new Caller({ username: keyPart(identity.username), role, sessionId: keyPart(identity.session_id) }, access);
}

/** @throws not_acceptable where the operation has a body to answer, and none that the client takes */
function mustBeAcceptable(event: APIGatewayProxyEvent, { answers }: Operation): void {
  const accept = listHeader(event, 'accept');
  if (accept === undefined || ANYTHING.test(accept)) return;
  const offered = typesOf(answers);
  if (offered.length > 0 && !isAcceptable(accept, offered)) throw problem.not_acceptable();
}

/** @throws malformed_address, by the path as the client wrote it, or by what the gateway made of it and of the query */
function mustBeAddressed({ pathParameters, queryStringParameters, requestContext }: APIGatewayProxyEvent): void {
  const decoded = [pathParameters, queryStringParameters].flatMap((some) => Object.entries(some ?? {}).flat());
  const broken = decoded.some((text) => text?.includes('\ufffd'));
  if (broken || !isReadable(requestContext.path ?? '')) throw problem.malformed_address();
}

/** The query as it was sent. A filter that was left empty, as forms do, is none; a page is never meant by nothing. */
function queryOf(event: APIGatewayProxyEvent, { query }: Operation): Record<string, string | undefined> {
  const multiple = Object.entries(event.multiValueQueryStringParameters ?? {});
  if (multiple.length > MOST_PARAMETERS) throw invalidField('query', 'too_many_parameters', TOO_MANY);
  for (const [name, values] of multiple)
    if (values && values.length > 1) throw invalidField(`query/${name}`, 'repeated', ONE_VALUE);
  const isFilter = (name: string) => Object.hasOwn(query.shape, name) && !Object.hasOwn(PageQuery.shape, name);
  const sent = Object.entries(event.queryStringParameters ?? {});
  return Object.fromEntries(sent.filter(([name, value]) => value !== '' || !isFilter(name)));
}

/** A list's filters and, apart from them, the page that is asked for. */
async function listing(operation: Operation, query: z.output<typeof PageQuery>, whose: readonly unknown[]) {
  const { limit, cursor, ...filters } = query;
  const list = JSON.stringify([operation.route, filters, ...whose]);
  const after = cursor === undefined ? undefined : await openCursor(cursor, list);
  return { query: filters, list, paging: { limit, after } };
}

function sentKeyOf(
  event: APIGatewayProxyEvent,
  { changes, idempotent, erasable, answers }: Operation,
  sent: Pick<ReadRequest, 'caller' | 'query'> & { readonly json: unknown },
): SentKey | undefined {
  const key = header(event, 'idempotency-key');
  if (key === undefined || !idempotent || !changes) return undefined;
  if (!IDEMPOTENCY_KEY.test(key)) throw invalidField('header/idempotency-key', 'invalid_format', VISIBLE_ASCII);
  const request = canonicalJson([event.httpMethod, event.path, sent.query, sent.json]);
  const owner = keyPart(sent.caller ? `user:${sent.caller.username}` : 'anonymous');
  return { table: changes, owner, key: keyPart(key), request, answers, erasable };
}

/** Whoever is at the other end: of a page of ours the visitor, as the portal vouches. */
const sourceOf = async (event: APIGatewayProxyEvent, { body }: Operation): Promise<string> =>
  (body && (await vouchedAddress(event))) ?? event.requestContext.identity?.sourceIp ?? '';

/**
 * Reads a request of an operation: who calls and what they sent, all of it validated.
 * @throws the problems of a bad request: 400, 401, 403, 406, 413, 415
 */
export async function readRequest(event: APIGatewayProxyEvent, operation: Operation): Promise<ReadRequest> {
  if (header(event, IDENTITY_OVERRIDE) !== undefined) throw problem.reserved_header();
  mustBeAddressed(event);
  if (!operation.file) mustFit(event);
  const caller = callerOf(event, operation.access);
  mustBeAcceptable(event, operation);
  const json = operation.body && jsonBody(event);
  const { rest, sentBack } = setApart(json, operation.readOnly);
  const path = parse(operation.path, pathParameters(event), 'path');
  const sentQuery = queryOf(event, operation);
  const query = parse(operation.query, sentQuery, 'query');
  return {
    path,
    ...(operation.paged
      ? await listing(operation, query as z.output<typeof PageQuery>, [path, caller?.username])
      : { query, list: '', paging: undefined }),
    body: operation.body && parse(operation.body, rest, 'body'),
    file: operation.file && fileOf(event, operation.file),
    sentBack,
    caller,
    sentKey: sentKeyOf(event, operation, { caller, query: sentQuery, json }),
    preconditions: Preconditions.of(event, operation.versioned),
    headers: lowerCased(event),
    sourceIp: await sourceOf(event, operation),
    receivedAt: event.requestContext.requestTimeEpoch ?? clock.now(),
  };
}
