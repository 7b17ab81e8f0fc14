import { relay } from '../../platform/events/relay.ts';
import { outbox } from './outbox.ts';

export const handler = relay(outbox);
