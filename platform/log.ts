import { Logger } from '@aws-lambda-powertools/logger';
import { currentScope } from './scope.ts';

type Fields = Record<string, unknown>;

let logger: Logger | undefined;

function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields): void {
  logger ??= new Logger({ serviceName: process.env.CAMPUS_CONTEXT ?? 'campus' });
  logger[level](message, { request_id: currentScope()?.requestId, ...fields });
}

/** Structured JSON lines, each carrying the request it belongs to. Never give it a token, a password or a hash. */
export const log = {
  info: (message: string, fields: Fields = {}): void => write('info', message, fields),
  warn: (message: string, fields: Fields = {}): void => write('warn', message, fields),
  error: (message: string, fields: Fields = {}): void => write('error', message, fields),
};
