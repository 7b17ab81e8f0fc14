import { isNativeError } from 'node:util/types';
import { timestamp } from './clock.ts';
import { currentScope } from './scope.ts';

type Fields = Record<string, unknown>;
type Level = 'INFO' | 'WARN' | 'ERROR';

/** From the least to what is never written. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'];

const isError = (value: unknown): value is Error => isNativeError(value) || value instanceof Error;

/** The first place that a stack names, in a function (`at f (file:1:2)`) or outside of any (`at file:1:2`). */
const PLACE = /^\s+at (?:.* \()?(.+:\d+):\d+\)?$/m;

/** Where an error was thrown: `file:line`. */
const locationOf = ({ stack = '' }: Error): string => PLACE.exec(stack)?.[1] ?? '';

/** An error with all that it says of itself, and what caused it. */
function described(error: Error): Fields {
  const { name, message, stack, cause, ...more } = error;
  return { name, location: locationOf(error), message, stack, cause, ...more };
}

function spelled(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return isError(value) ? described(value) : value;
}

/** Nothing that is logged may fail what is done. */
function lineOf(line: Fields, fields: Fields): string {
  try {
    // Its own words come first and cannot be overwritten.
    return JSON.stringify({ ...line, ...fields, ...line }, spelled);
  } catch (error) {
    return JSON.stringify({ ...line, unwritable: String(error) });
  }
}

function write(level: Level, text: string, fields: Fields): void {
  const least = process.env.CAMPUS_LOG_LEVEL ?? process.env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO';
  if (LEVELS.indexOf(level) < LEVELS.indexOf(least.toUpperCase())) return;
  const { requestId, service = process.env.CAMPUS_CONTEXT ?? 'campus' } = currentScope() ?? {};
  const trace = /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
  const line = {
    level,
    message: text,
    timestamp: timestamp(),
    service,
    xray_trace_id: trace,
  };
  const stream = level === 'INFO' ? process.stdout : process.stderr;
  stream.write(`${lineOf(line, { request_id: requestId, ...fields })}\n`);
}

/**
 * Structured JSON lines, each carrying the request it belongs to, in the words of Powertools' logger
 * (docs/decisions/0194). Never give it a token, a password or a hash.
 */
export const log = {
  info: (message: string, fields: Fields = {}): void => write('INFO', message, fields),
  warn: (message: string, fields: Fields = {}): void => write('WARN', message, fields),
  error: (message: string, fields: Fields = {}): void => write('ERROR', message, fields),
};
