import { TextDecoder } from 'node:util';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { type HttpEvent, header } from '../context.ts';
import { parseJson } from '../json.ts';
import { problem } from '../problems.ts';

/** 1 MiB, well under the gateway's own limit, so that the refusal is ours and clear. */
const MAX_BYTES = 1024 * 1024;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function bodyText({ body, isBase64Encoded }: HttpEvent): string {
  if (!body) return '';
  if (!isBase64Encoded) return body;
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch (cause) {
    throw problem.malformed_json({ cause });
  }
}

/** Reads the body of an operation that takes one: JSON only, within the size limit. */
export function jsonBody(): MiddlewareObj<HttpEvent, APIGatewayProxyResult> {
  return {
    before: ({ event }) => {
      if (event.body && event.body.length > MAX_BYTES * 1.4) throw problem.payload_too_large();
      if (!event.operation.body) return;
      const type = header(event, 'content-type');
      if (event.body && !JSON_TYPE.test(type ?? '')) throw problem.unsupported_media_type();
      const text = bodyText(event);
      if (Buffer.byteLength(text) > MAX_BYTES) throw problem.payload_too_large();
      event.json = text === '' ? undefined : parseJson(text);
    },
  };
}
