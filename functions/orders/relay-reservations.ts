import { relay } from '../../platform/events/relay.ts';
import { outbox } from './reservations.ts';

export const handler = relay(outbox);
