import { deadLettersOf } from '../../platform/http/dead-letters.ts';

/** What orders could not handle, and how it is taken up again. */
export const { show: showOrdersLetters, redrive: redriveOrdersLetters } = deadLettersOf('orders');
