import { atStep } from './web-server.ts';

/** A request on its way to its handler. */
interface Incoming {
  /** By these the emulator goes; the handler has the headers as they were sent. */
  readonly headers: Record<string, string>;
  /** The media type that the emulator goes by; the handler has the headers as they were sent. */
  mime: string | null;
}

/**
 * The emulator parses JSON only to hand its text on, except where it came to nothing: of a body that says `null` or `""`
 * no body is left, of `0` and `false` no text. To an operation whose body is optional that is another request than the
 * one that was sent, so nothing is to be parsed. Of the types that a deployed gateway hands on as bytes, it knows two.
 */
export const keepBodies = (binaryTypes: readonly string[]): Promise<void> =>
  atStep('onPreHandler', (incoming: Incoming, toolkit) => {
    if (binaryTypes.includes(incoming.mime ?? '')) incoming.headers['content-type'] = 'application/octet-stream';
    incoming.mime = 'text/plain';
    return toolkit.continue;
  });
