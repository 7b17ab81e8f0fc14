import { randomUUID } from 'node:crypto';
import type { DynamoDBClientConfig, DynamoDBServiceException, errorTypeRegistries } from '@aws-sdk/client-dynamodb';
import { readText, written } from './attribute-values.ts';
import type { SdkRequest, SdkResponse } from './sdk-http.ts';

type Registry = (typeof errorTypeRegistries)[number];
/** Its fifth says which members it has. */
type ErrorSchema = Parameters<Registry['getErrorCtor']>[0] & { readonly 4: readonly string[] };
type Protocol = NonNullable<DynamoDBClientConfig['protocol']>;
type Fields = Record<string, unknown>;
type Thrown = DynamoDBServiceException & Fields;

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
  /** The SDK's exceptions by name, and the one for all that it does not know. */
  readonly errors: readonly Registry[];
  readonly BaseException: typeof DynamoDBServiceException;
}

/** What the SDK knows of an exception. */
function schemaIn(registry: Registry, name: string): ErrorSchema | undefined {
  try {
    return registry.getSchema(name) as ErrorSchema;
  } catch {
    return undefined;
  }
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

  /** As the SDK makes it: of its own class where it has one, with all that the answer says. */
  #exceptionOf(response: SdkResponse, data: Fields): Error {
    const name = codeOf(response, data);
    const message = data.message ?? data.Message ?? 'UnknownError';
    const known = this.#known(name);
    const exception = known?.exception ?? this.#unknown(name, response.statusCode);
    Object.assign(exception, { $metadata: metadataOf(response), ...(known && { message }) });
    for (const [key, value] of Object.entries(data))
      if ((known?.members.includes(key) && value !== null) || (exception[key] ?? '') === '') exception[key] = value;
    exception.message ||= String(message);
    delete exception.Message;
    return exception;
  }

  #known(name: string): { readonly exception: Thrown; readonly members: readonly string[] } | undefined {
    for (const registry of this.#service.errors) {
      const schema = schemaIn(registry, name);
      const Exception = schema && registry.getErrorCtor(schema);
      if (Exception) return { exception: new Exception({}) as Thrown, members: schema[4] };
    }
    return undefined;
  }

  #unknown(name: string, status: number): Thrown {
    const { BaseException } = this.#service;
    return new BaseException({ name, $fault: status < 500 ? 'client' : 'server' } as never) as unknown as Thrown;
  }
}

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

/** The same for every try, so that a transaction whose answer was lost is not made twice. */
const tokenOf = ({ ClientRequestToken }: Fields): unknown => ClientRequestToken ?? randomUUID();

/** {@link JsonProtocol}; of what the type asks for, the SDK uses what this has. */
export const jsonProtocol = (service: Service): Protocol => new JsonProtocol(service) as unknown as Protocol;
