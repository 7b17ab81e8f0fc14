import type { APIGatewayProxyEvent } from 'aws-lambda';
import { header } from '../../../platform/http/headers.ts';

/** The remarks of a large class are some 200 KB as a form writes them, and more where one form keeps another. */
const MAX_BYTES = 1024 * 1024;

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

  /** All of it, in the order in which it was sent. */
  get entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#fields];
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
