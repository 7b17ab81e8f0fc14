/** What the application tells the supervisor that started it. */
export type Report = { readonly ready: true } | { readonly failed: string };

/** Tells the supervisor, where there is one. */
export function tellSupervisor(report: Report): void {
  process.send?.(report);
}

/** Ends this process, and the database with it, as soon as the supervisor is gone, however it went. */
export function followSupervisor(): void {
  if (!process.send) return;
  process.once('disconnect', endWithDatabase);
  if (!process.connected) endWithDatabase();
}

function endWithDatabase(): never {
  const database = Number(process.env.CAMPUS_DYNAMODB_PID);
  try {
    if (database > 0) process.kill(database, 'SIGKILL');
  } catch {
    // It ended before us.
  }
  process.exit(1);
}
