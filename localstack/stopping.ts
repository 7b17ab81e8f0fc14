const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborted when this process is asked to end, or when the npm that started it is gone. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stopping.abort());
  if (process.env.npm_lifecycle_event) stopWithParent(stopping);
  return stopping.signal;
}

/** A npm that is killed outright forwards no signal. */
function stopWithParent(stopping: AbortController): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stopping.abort(), 200).unref();
}
