import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { type HttpHandler, serving } from './endpoint.ts';
import type { Operation } from './operation.ts';
import { type Pages, type Routed, type SiteHandler, showing } from './site.ts';
import type { Leaving } from './stream.ts';

type Runtime = typeof globalThis.awslambda;

/** A Lambda whose routes answer by a stream (`transferMode: STREAM`). */
export type StreamingHandler = HttpHandler & {
  /** The answer before any of it is sent: for a gateway that hands on streams by itself. */
  readonly open: (event: APIGatewayProxyEvent, context?: Context) => Promise<Leaving>;
};

/**
 * The runtime where it is to be used: AWS has it; an emulator whose gateway takes whole answers only has them whole
 * (`CAMPUS_ANSWERS=whole`), whatever its runtime offers.
 */
function runtime(): Runtime | undefined {
  // Libraries put things of their own there, with a runtime or without.
  const { awslambda } = globalThis as { awslambda?: Partial<Runtime> };
  return process.env.CAMPUS_ANSWERS === 'whole' || !awslambda?.streamifyResponse ? undefined : (awslambda as Runtime);
}

/** Status and headers first, as the gateway reads them, then the body; an error on the way is the runtime's to tell. */
async function send(
  { stream, body, isBase64Encoded, ...head }: Leaving,
  sink: Writable,
  { HttpResponseStream }: typeof globalThis.awslambda,
) {
  const out = HttpResponseStream.from(sink, head);
  // The head goes out with the first write, which a body of nothing would never make.
  out.write('');
  await pipeline(stream?.readable() ?? [Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')], out);
}

const isText = (type: unknown): boolean => /^text\/|json\b/.test(String(type));

/** The same answer with a body, as gateways take it that know no streams. */
async function inOnePiece({ stream, ...answer }: Leaving): Promise<APIGatewayProxyResult> {
  if (!stream) return answer;
  const body = await stream.whole();
  return isText(answer.headers?.['Content-Type'])
    ? { ...answer, body: body.toString('utf8') }
    : { ...answer, body: body.toString('base64'), isBase64Encoded: true };
}

/** Where an answer begins to leave: its head whole, its body to be taken. */
type Open = StreamingHandler['open'];

/** The handler that sends what is opened, as its runtime and its gateway take it. */
function sending(open: Open): (event: APIGatewayProxyEvent, context?: Context) => Promise<APIGatewayProxyResult> {
  const found = runtime();
  if (!found) return async (event, context) => inOnePiece(await open(event, context));
  const handler = found.streamifyResponse(async (event: APIGatewayProxyEvent, sink, context) =>
    send(await open(event, context), sink, found),
  );
  // What the runtime made of it is called by the runtime alone.
  return handler as unknown as ReturnType<typeof sending>;
}

/**
 * The Lambda that serves operations whose answers leave as they are made: surrounded as {@link endpoint} surrounds
 * them. What fails before the first byte is a problem like any other; what fails later breaks the connection off.
 */
export function streamingEndpoint(...operations: Operation[]): StreamingHandler {
  const open = serving(operations);
  return Object.assign(sending(open), { operations, open });
}

/** The Lambda of pages, some of whose answers leave as they come, surrounded as {@link site} surrounds them. */
export function streamingSite<P extends Routed>(shown: Pages<P>): SiteHandler & StreamingHandler {
  const open = showing(shown);
  return Object.assign(sending(open), { operations: [], pages: shown.pages, open });
}
