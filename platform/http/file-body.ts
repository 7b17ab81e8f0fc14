import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Localized } from '../base/language.ts';
import { problem } from '../base/problems.ts';
import { mustBeUncoded } from './body.ts';
import { header } from './headers.ts';

/** A body that is a file and is taken as it is. */
export interface FileBody {
  /** The media types that it may be sent as. */
  readonly types: readonly string[];
  /** The most bytes; a Lambda is given 4.5 MB at most, in Base64. */
  readonly most: number;
  /** What to do with a larger one. */
  readonly otherwise: Localized;
}

const essence = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

const listed = (types: readonly string[]): string => types.join(', ');

/**
 * The bytes of a body that is a file, whatever they are.
 * @throws unsupported_content_coding, unsupported_media_type, payload_too_large
 */
export function fileOf(event: APIGatewayProxyEvent, { types, most, otherwise }: FileBody): Uint8Array {
  mustBeUncoded(event);
  if (!types.includes(essence(header(event, 'content-type') ?? '')))
    throw problem.unsupported_media_type({
      detail: {
        fr: `Envoyez le fichier tel quel : ${listed(types)}.`,
        en: `Send the file as it is: ${listed(types)}.`,
      },
    });
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > most) throw problem.payload_too_large({ detail: otherwise });
  return bytes;
}
