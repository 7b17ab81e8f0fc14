import { problem } from './problems.ts';

/** The deepest nesting that a body may have. */
const MAX_DEPTH = 32;

// Strings are consumed whole, so a colon counts only where it follows a key.
const STRING_OR_KEY = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

function countKeys(value: unknown, depth = 0): number {
  if (depth > MAX_DEPTH) throw problem.malformed_json();
  if (typeof value !== 'object' || value === null) return 0;
  const children = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce((sum: number, child) => sum + countKeys(child, depth + 1), own);
}

function countWrittenKeys(text: string): number {
  let keys = 0;
  for (const [, colon] of text.matchAll(STRING_OR_KEY)) if (colon) keys += 1;
  return keys;
}

/**
 * Parses a JSON body as I-JSON (RFC 7493): no repeated keys, which two parsers could read differently.
 * @throws malformed_json
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem.malformed_json({ cause });
  }
  if (countKeys(value) !== countWrittenKeys(text)) throw problem.malformed_json();
  return value;
}
