import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { textOf } from '../../project/root.ts';

/** A call over the wire and what came back. */
export interface Exchange {
  readonly method: string;
  /** Path with query, without the stage. */
  readonly path: string;
  /** The body that was sent as JSON. */
  readonly sent: unknown;
  readonly status: number;
  readonly type: string;
  /** The body that came back as JSON. */
  readonly received: unknown;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { $ref?: string; name: string; in: string; schema: { type?: string } }[];
  readonly requestBody?: { content: Record<string, unknown> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, unknown> }>;
}

const document = JSON.parse(textOf('openapi.json')) as {
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, Described['responses'][string]>>;
};

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats.default(ajv);
for (const format of ['currency', 'idn-email', 'line', 'paragraph', 'phone', 'username']) ajv.addFormat(format, true);
ajv.addSchema(document, 'openapi.json');

const compiled = new Map<string, ValidateFunction>();

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Why a value is not what the schema at this place of the document says; empty when it is. */
function complaints(place: readonly string[], value: unknown): string[] {
  const $ref = `openapi.json#/${place.map(escaped).join('/')}`;
  const validate = compiled.get($ref) ?? ajv.compile({ $ref });
  compiled.set($ref, validate);
  return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath || '/'} ${one.message}`);
}

/** The description of what a request reaches, a literal path before a template; undefined where there is none. */
export function described(method: string, path: string): { template: string; operation: Described } | undefined {
  const [pathname = ''] = path.split('?');
  const templates = Object.keys(document.paths).sort((a, b) => a.split('{').length - b.split('{').length);
  const template = templates.find((one) => {
    const pattern = one.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
    return document.paths[one]?.[method.toLowerCase()] && new RegExp(`^${pattern}/?$`).test(pathname);
  });
  const operation = template && document.paths[template]?.[method.toLowerCase()];
  return operation ? { template, operation } : undefined;
}

const essence = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

function answerComplaints(exchange: Exchange, place: readonly string[], { responses }: Described): string[] {
  const shared = /^#\/components\/responses\/(.+)$/.exec(responses[exchange.status]?.$ref ?? '')?.[1];
  const response = shared ? document.components.responses?.[shared] : responses[exchange.status];
  if (!response) return [`status ${exchange.status} is not described`];
  const type = essence(exchange.type);
  if (!response.content) return type ? [`a body of ${type} is not described`] : [];
  if (!response.content[type]) return [`the type ${type} is not described for ${exchange.status}`];
  if (!/[/+]json$/.test(type)) return [];
  const at = shared ? ['components', 'responses', shared] : [...place, 'responses', String(exchange.status)];
  return complaints([...at, 'content', type, 'schema'], exchange.received);
}

function queryComplaints({ path }: Exchange, place: readonly string[], { parameters = [] }: Described): string[] {
  return [...new URL(path, 'http://campus.test').searchParams].flatMap(([name, text]) => {
    const position = parameters.findIndex((one) => one.in === 'query' && one.name === name);
    if (position < 0) return [`the query parameter ${name} is not described`];
    const isNumber = ['integer', 'number'].includes(parameters[position]?.schema.type ?? '');
    return complaints([...place, 'parameters', String(position), 'schema'], isNumber ? Number(text) : text);
  });
}

function requestComplaints(exchange: Exchange, place: readonly string[], operation: Described): string[] {
  if (exchange.status >= 300) return [];
  const query = queryComplaints(exchange, place, operation);
  if (exchange.sent === undefined) return query;
  if (!operation.requestBody?.content['application/json']) return [...query, 'a JSON body is not described'];
  return [...query, ...complaints([...place, 'requestBody', 'content', 'application/json', 'schema'], exchange.sent)];
}

/** What of an exchange `openapi.json` does not say: the answer always, the request where it was accepted. */
export function breaches(exchange: Exchange): string[] {
  // A preflight is the gateway's own.
  if (exchange.method === 'OPTIONS') return [];
  const found = described(exchange.method, exchange.path);
  if (!found) return exchange.status === 404 || exchange.status === 405 ? [] : ['the operation is not described'];
  const place = ['paths', found.template, exchange.method.toLowerCase()];
  return [
    ...answerComplaints(exchange, place, found.operation),
    ...requestComplaints(exchange, place, found.operation),
  ];
}
