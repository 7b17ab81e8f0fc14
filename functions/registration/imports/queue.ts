import { problem as common } from '../../../platform/base/problems.ts';
import { cloudEvent } from '../../../platform/events/cloud-event.ts';
import { Queue } from '../../../platform/events/queue.ts';

/** An import is to be carried on with. */
export const STARTED = 'campus.import.started';

/** What the worker is told by. */
export const queue = new Queue('IMPORTS_QUEUE_URL');

/**
 * Has the worker go on with an import. Sent twice, it does nothing twice.
 * @throws busy where the queue does not take it: whoever asked asks again
 */
export async function goOn(id: string): Promise<void> {
  const event = cloudEvent('/campus/registration', STARTED, id, { id });
  const accepted = await queue.send([{ id: event.id, body: JSON.stringify(event) }]);
  if (accepted.length === 0) throw common.busy();
}
