import * as http from 'node:http';
import * as https from 'node:https';

/** An HTTP response whose body is still coming. */
export interface OpenResponse {
  readonly status: number;
  /** The media type, lower-cased, without parameters. */
  readonly type: string;
  /** Fails where the connection breaks before its end; whoever wants no more of it destroys it. */
  readonly body: http.IncomingMessage;
}

/**
 * GETs what may be of any length.
 * @param silenceMs milliseconds without a byte after which it fails
 * @throws the socket's error, with its `code`
 */
export function openResponse(url: URL, headers: http.OutgoingHttpHeaders, silenceMs: number): Promise<OpenResponse> {
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = get(url, { headers, timeout: silenceMs }, (body) => {
      const type = (body.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      resolve({ status: body.statusCode ?? 0, type, body });
    });
    sent.on('timeout', () => sent.destroy(new Error(`nothing was heard for ${silenceMs} ms`)));
    // Stays for the whole exchange: an error that nobody listens to would end the process.
    sent.on('error', reject);
  });
}
