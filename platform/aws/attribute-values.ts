type Fields = Record<string, unknown>;

/** Whether there are bytes anywhere in a value. */
function hasBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Uint8Array) return true;
  for (const key in value) if (hasBytes((value as Fields)[key])) return true;
  return false;
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** `this` and not the value: of a Buffer, JSON has made something else already. */
function bytesAsText(this: unknown, key: string, value: unknown): unknown {
  const whole = (this as Fields)[key];
  return whole instanceof Uint8Array ? base64(whole) : value;
}

/** What is asked of DynamoDB, as JSON: byte strings in base64. */
export const written = (input: object): string => JSON.stringify(input, hasBytes(input) ? bytesAsText : undefined);

/** What an answer may have that JSON does not say: bytes, and members that are there and null, which for the SDK are not. */
const TO_BE_MENDED = /"BS?"\s*:\s*["[]|:\s*null/;

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/**
 * Of all that DynamoDB answers about items, only an attribute's value has text in `B` or a list in `BS`: names of tables
 * and indexes have three letters and more, and an attribute of these names is an object.
 */
function mended(key: string, value: unknown): unknown {
  if (key === 'B' && typeof value === 'string') return fromBase64(value);
  if (Array.isArray(value))
    return key === 'BS' ? value.map((one) => fromBase64(String(one))) : value.map((one) => mended('', one));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Fields;
  for (const name of Object.keys(object))
    if (object[name] === null) delete object[name];
    else object[name] = mended(name, object[name]);
  return object;
}

/** DynamoDB's answer about items, out of JSON. @throws SyntaxError */
export function readText(text: string): Fields {
  const answer = JSON.parse(text) as Fields;
  return TO_BE_MENDED.test(text) ? (mended('', answer) as Fields) : answer;
}
