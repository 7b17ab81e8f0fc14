import type { APIGatewayProxyEvent } from 'aws-lambda';
import { header } from '../../../platform/http/headers.ts';
import { Form } from './form.ts';

/** A form that may bring a file: what was typed, and the file that was chosen, if any. */
export interface Upload {
  readonly form: Form;
  readonly file: Uint8Array | undefined;
}

/** The form of a request that came in parts, as a browser sends one with a file; undefined for anything else. */
export async function uploadOf(event: APIGatewayProxyEvent): Promise<Upload | undefined> {
  const type = header(event, 'content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) return undefined;
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  // What is no such form after all is none: the page says so.
  const data = await new Response(bytes, { headers: { 'Content-Type': type } }).formData().catch(() => undefined);
  if (!data) return undefined;
  const fields = new URLSearchParams();
  let file: Uint8Array | undefined;
  for (const [name, value] of data) {
    if (typeof value === 'string') fields.append(name, value);
    else if (value.size > 0) file = new Uint8Array(await value.arrayBuffer());
  }
  return { form: new Form(fields), file };
}
