import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in the code of a function as Lambda runs it: line and column. */
const PLACE = /(?:file:\/\/)?\/var\/task\/index\.mjs:(\d+):(\d+)/g;

/** The trace in a line of a log, wherever it stands there; a line that is no JSON is its own. */
function traceIn(line: string): string {
  let trace: string | undefined;
  try {
    JSON.parse(line, (key, value) => {
      if (key === 'stack' && typeof value === 'string') trace ??= value;
      return value;
    });
  } catch {
    return line;
  }
  return trace ?? line;
}

/**
 * Reads what functions log of failures: in place of the one minified line of which all is told, the file, line and column
 * of the source.
 * @param text a stack trace, or lines of a log that hold some
 * @param map the source map of the function's code
 */
export function readable(text: string, map: string): string {
  const origins = new SourceMap(JSON.parse(map) as SourceMapPayload);
  const originOf = (place: string, line: string, column: string): string => {
    const origin = origins.findOrigin(Number(line), Number(column));
    return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
  };
  return text
    .split('\n')
    .map((line) => traceIn(line).replaceAll(PLACE, originOf))
    .join('\n');
}
