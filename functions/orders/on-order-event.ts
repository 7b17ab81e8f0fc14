import * as z from 'zod';
import { consumer, reaction } from '../../platform/events/consumer.ts';
import { REFUND_DUE, RESERVED } from './events.ts';
import { expire } from './ordering/lifecycle.ts';
import { provider } from './ordering/settlement.ts';

const Reserved = z.object({ order_id: z.guid() });
const RefundDue = z.object({ charge: z.string(), reference: z.string(), amount: z.int().positive() });

export const handler = consumer({
  [RESERVED]: reaction(Reserved, ({ order_id }) => expire(order_id)),
  [REFUND_DUE]: reaction(RefundDue, ({ charge, reference, amount }) => provider.refund(charge, reference, amount)),
});
