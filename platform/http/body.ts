import { TextDecoder } from 'node:util';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { problem } from '../base/problems.ts';
import { invalidField } from '../schema/input.ts';
import { header, listHeader } from './headers.ts';

/** 1 MiB, well under the gateway's own limit, so that the refusal is ours and clear. */
const MAX_BYTES = 1024 * 1024;

/** What a body in Base64 may be longer by. */
const BASE64_GROWTH = 1.4;

/** The deepest nesting that a body may have. */
const MAX_DEPTH = 32;

/** The most members that the objects of a body may have together, and the most items that its arrays may. */
const MAX_MEMBERS = 1000;
const MAX_ITEMS = 10_000;

const TOO_MANY_FIELDS = {
  fr: `Le corps a plus de ${MAX_MEMBERS} champs`,
  en: `The body has more than ${MAX_MEMBERS} fields`,
};
const TOO_MANY_ITEMS = {
  fr: `Le corps a plus de ${MAX_ITEMS} éléments`,
  en: `The body has more than ${MAX_ITEMS} items`,
};

const JSON_TYPE = /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

// The one parameter that says how to read a body; whatever others there are change nothing of it (RFC 8259, 11).
const CHARSETS = /;\s*charset\s*=\s*"?([^";]*)/gi;
const OUR_CHARSET = /^\s*utf-?8\s*$/i;

const BYTE_ORDER_MARK = /^\ufeff/;

// Strings are consumed whole, so a colon counts only where it follows a key.
const STRING_OR_KEY = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf({ body, isBase64Encoded }: APIGatewayProxyEvent): string {
  if (!body) return '';
  // A decoder drops the mark by itself (RFC 8259, 8.1, lets a parser ignore it).
  if (!isBase64Encoded) return body.replace(BYTE_ORDER_MARK, '');
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch (cause) {
    throw problem.malformed_json({ cause });
  }
}

/** Adds up what a value holds, however deep. @throws malformed_json where it is too deep */
function count(value: unknown, sum: { members: number; items: number }, depth = 0): typeof sum {
  if (depth > MAX_DEPTH) throw problem.malformed_json();
  if (typeof value !== 'object' || value === null) return sum;
  const children = Object.values(value);
  sum[Array.isArray(value) ? 'items' : 'members'] += children.length;
  for (const child of children) count(child, sum, depth + 1);
  return sum;
}

function countWrittenMembers(text: string): number {
  let members = 0;
  for (const [, colon] of text.matchAll(STRING_OR_KEY)) if (colon) members += 1;
  return members;
}

/**
 * Parses a JSON body as I-JSON (RFC 7493): no repeated keys, which two parsers could read differently.
 * @throws malformed_json; invalid_input for more members or items than any schema of ours has
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem.malformed_json({ cause });
  }
  const { members, items } = count(value, { members: 0, items: 0 });
  if (members !== countWrittenMembers(text)) throw problem.malformed_json();
  if (members > MAX_MEMBERS) throw invalidField('#', 'too_many_fields', TOO_MANY_FIELDS);
  if (items > MAX_ITEMS) throw invalidField('#', 'too_many_items', TOO_MANY_ITEMS);
  return value;
}

/** @throws payload_too_large, whether or not the operation takes a body; a file says itself how large it may be */
export function mustFit({ body }: APIGatewayProxyEvent): void {
  if (body && body.length > MAX_BYTES * BASE64_GROWTH) throw problem.payload_too_large();
}

const isJsonInUtf8 = (type: string): boolean =>
  JSON_TYPE.test(type) && [...type.matchAll(CHARSETS)].every(([, charset = '']) => OUR_CHARSET.test(charset));

/** @throws unsupported_content_coding */
export function mustBeUncoded(event: APIGatewayProxyEvent): void {
  if (!isUncoded(listHeader(event, 'content-encoding') ?? '')) throw problem.unsupported_content_coding();
}

/** Whether a `Content-Encoding` leaves a body as it is. */
const isUncoded = (codings: string): boolean =>
  codings.split(',').every((coding) => ['', 'identity'].includes(coding.trim().toLowerCase()));

/** @throws unsupported_content_coding, unsupported_media_type */
function mustBeReadable(event: APIGatewayProxyEvent): void {
  mustBeUncoded(event);
  if (!isJsonInUtf8(header(event, 'content-type') ?? '')) throw problem.unsupported_media_type();
}

/**
 * The JSON body of a request; undefined when there is none.
 * @throws unsupported_content_coding, unsupported_media_type, payload_too_large, malformed_json, invalid_input
 */
export function jsonBody(event: APIGatewayProxyEvent): unknown {
  if (event.body) mustBeReadable(event);
  const text = textOf(event);
  if (Buffer.byteLength(text) > MAX_BYTES) throw problem.payload_too_large();
  return text === '' ? undefined : parseJson(text);
}
