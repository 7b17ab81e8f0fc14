import { Logger } from '@aws-lambda-powertools/logger';
import { currentScope } from './scope.ts';

type Fields = Record<string, unknown>;

const loggers = new Map<string, Logger>();

function loggerOf(serviceName: string): Logger {
  const logger = loggers.get(serviceName) ?? new Logger({ serviceName });
  loggers.set(serviceName, logger);
  return logger;
}

function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields): void {
  const { requestId, service = process.env.CAMPUS_CONTEXT ?? 'campus' } = currentScope() ?? {};
  loggerOf(service)[level](message, { request_id: requestId, ...fields });
}

/** Structured JSON lines, each carrying the request it belongs to. Never give it a token, a password or a hash. */
export const log = {
  info: (message: string, fields: Fields = {}): void => write('info', message, fields),
  warn: (message: string, fields: Fields = {}): void => write('warn', message, fields),
  error: (message: string, fields: Fields = {}): void => write('error', message, fields),
};
