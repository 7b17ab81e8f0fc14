import * as z from 'zod';
import { consumer, reaction } from '../../platform/events/consumer.ts';
import { lapse } from './ordering.ts';
import { RESERVED } from './reservations.ts';

export const handler = consumer({
  [RESERVED]: reaction(z.object({ order_id: z.guid() }), ({ order_id }) => lapse(order_id)),
});
