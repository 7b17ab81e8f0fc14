import type { Outbox } from './outbox.ts';

/** The scheduled Lambda that sends what a crash left in an outbox. */
export const relay = (outbox: Outbox) => async (): Promise<{ sent: number }> => ({ sent: await outbox.relay() });
