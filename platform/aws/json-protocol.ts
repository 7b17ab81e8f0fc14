import { randomUUID } from 'node:crypto';
import type { DynamoDBClientConfig, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { readText, written } from './attribute-values.ts';
import type { SdkRequest, SdkResponse } from './sdk-http.ts';

type Protocol = NonNullable<DynamoDBClientConfig['protocol']>;
type Fields = Record<string, unknown>;
type Thrown = Error & Fields;
/** A class of exceptions of the SDK. */
type ExceptionClass = new (
  options: ConstructorParameters<typeof DynamoDBServiceException>[0] & { readonly message: string },
) => Error;

/** What the SDK says of an operation. */
interface Operation {
  readonly name: string;
}

interface Endpoint {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
}

/** A service that speaks AWS JSON 1.0. */
interface Service {
  /** What stands before the name of an operation in `X-Amz-Target`. */
  readonly target: string;
  /** The operations that are known to be spoken in the same words as the SDK gives and takes. */
  readonly operations: ReadonlySet<string>;
  /** By name: exceptions that somebody asks for by their class, or that say they are worth another try. */
  readonly exceptions: Readonly<Record<string, ExceptionClass>>;
  /** The class of all others, each of which has its name. */
  readonly BaseException: ExceptionClass;
}

/** AWS writes a code as `namespace#Code:where`, or several of them. */
const codeIn = (text: unknown): string => {
  const [first = ''] = String(text).split(/[,:]/);
  return first.split('#')[1] ?? first;
};

const field = (object: Fields, name: string): unknown =>
  Object.entries(object).find(([key]) => key.toLowerCase() === name)?.[1];

function codeOf({ headers }: SdkResponse, data: Fields): string {
  const given = [data.__type, field(data, 'code'), field(headers, 'x-amzn-errortype')].find((one) => one !== undefined);
  return given === undefined ? 'Unknown' : codeIn(given);
}

const metadataOf = ({ statusCode, headers }: SdkResponse) => ({
  httpStatusCode: statusCode,
  requestId: headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'],
  extendedRequestId: headers['x-amz-id-2'],
  cfId: headers['x-amz-cf-id'],
});

/**
 * A protocol of an SDK client (its option `protocol`) for a service whose JSON says what its objects say, byte strings
 * apart. The SDK's own walks every value along its schema, both ways; this leaves that to V8. All else stays the SDK's:
 * its exceptions, and with them its retries, its correction of a wrong clock, the token that a transaction goes by.
 */
class JsonProtocol {
  readonly #service: Service;

  constructor(service: Service) {
    this.#service = service;
  }

  getShapeId(): string {
    return 'aws.protocols#awsJson1_0';
  }

  /** The SDK gives what it would read and write with. */
  setSerdeContext(): void {}

  /** @throws Error for an operation that this does not speak */
  async serializeRequest(
    { name }: Operation,
    input: Fields,
    { endpoint }: { readonly endpoint: () => Promise<Endpoint> },
  ): Promise<SdkRequest> {
    const { target, operations } = this.#service;
    if (!operations.has(name)) throw new Error(`${name} is not spoken here: it takes a client with the SDK's protocol`);
    const { protocol, hostname, port, path } = await endpoint();
    const body = written(name === 'TransactWriteItems' ? { ...input, ClientRequestToken: tokenOf(input) } : input);
    return {
      method: 'POST',
      protocol,
      hostname,
      ...(port && { port }),
      path,
      query: {},
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': `${target}.${name}`,
      },
      body,
    };
  }

  /** @throws the SDK's exception for a refusal; SyntaxError where an answer is no JSON */
  async deserializeResponse(_: Operation, __: unknown, response: SdkResponse): Promise<Fields> {
    const data = response.body.length === 0 ? {} : readText(textOf(response.body));
    if (response.statusCode >= 300) throw this.#exceptionOf(response, data);
    data.$metadata = metadataOf(response);
    return data;
  }

  /** As the SDK makes it, with all that the answer says. */
  #exceptionOf(response: SdkResponse, data: Fields): Error {
    const { exceptions, BaseException } = this.#service;
    const name = codeOf(response, data);
    const Exception = (Object.hasOwn(exceptions, name) && exceptions[name]) || BaseException;
    const message = String(data.message ?? data.Message ?? 'UnknownError');
    const $metadata = metadataOf(response);
    const $fault = response.statusCode < 500 ? 'client' : 'server';
    const exception = new Exception({ name, message, $fault, $metadata } as never) as Thrown;
    Object.assign(exception, data, { message });
    delete exception.Message;
    return exception;
  }
}

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

/** The same for every try, so that a transaction whose answer was lost is not made twice. */
const tokenOf = ({ ClientRequestToken }: Fields): unknown => ClientRequestToken ?? randomUUID();

/** {@link JsonProtocol}; of what the type asks for, the SDK uses what this has. */
export const jsonProtocol = (service: Service): Protocol => new JsonProtocol(service) as unknown as Protocol;
