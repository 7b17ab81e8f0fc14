import type { APIGatewayProxyEvent } from 'aws-lambda';
import { header } from '../../../platform/http/headers.ts';

/** The largest form that any page has is far smaller. */
const MAX_BYTES = 64 * 1024;

/** What was typed into a form. */
export class Form {
  readonly #fields: URLSearchParams;

  constructor(fields: URLSearchParams) {
    this.#fields = fields;
  }

  /** A field as it was sent; empty where it was not. */
  text(name: string): string {
    return this.#fields.get(name) ?? '';
  }

  /** These fields, as a service takes them: what was left empty is left out. */
  filled<const N extends string>(...names: N[]): Partial<Record<N, string>> {
    const filled = names.flatMap((name) => (this.text(name).trim() === '' ? [] : [[name, this.text(name)]]));
    return Object.fromEntries(filled) as Partial<Record<N, string>>;
  }
}

/** The form that a request brings, as every browser sends it; undefined for anything else. */
export function formOf(event: APIGatewayProxyEvent): Form | undefined {
  const body = event.body ?? '';
  const text = event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(header(event, 'content-type') ?? '');
  if (Buffer.byteLength(text) > MAX_BYTES || (text !== '' && !isForm)) return undefined;
  return new Form(new URLSearchParams(text));
}
