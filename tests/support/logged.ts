import { jest } from '@jest/globals';

export type LogLine = Record<string, unknown>;

/**
 * What is logged from now on, in order, until `jest.restoreAllMocks()`. Tests are silent unless they listen; a logger
 * that wrote before stays so, hence to be called before the first line.
 */
export function loggedLines(): LogLine[] {
  process.env.CAMPUS_LOG_LEVEL = 'DEBUG';
  const lines: LogLine[] = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(JSON.parse(String(text))) > 0);
  return lines;
}
