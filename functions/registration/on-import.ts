import { consumer } from '../../platform/events/consumer.ts';
import { STARTED } from './imports/queue.ts';
import { importStarted } from './imports/work.ts';

export const handler = consumer({ [STARTED]: importStarted });
