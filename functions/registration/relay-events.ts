import { relay } from '../../platform/events/relay.ts';
import { outbox } from './student-events.ts';

export const handler = relay(outbox);
