/** Where a line can be shown and taken back. */
interface Terminal {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** What shows that something is under way, until it ends. */
export interface Progress extends Disposable {
  end(): void;
}

const TAKE_BACK = '\r\u001b[2K';

/** Shows a line while one waits. Only a terminal gets it: elsewhere a line could not be taken back. */
export function showProgress(terminal: Terminal, line: string): Progress {
  let shown = terminal.isTTY === true;
  if (shown) terminal.write(line);
  const end = (): void => {
    if (shown) terminal.write(TAKE_BACK);
    shown = false;
  };
  return { end, [Symbol.dispose]: end };
}
