import { epochSeconds } from '../base/clock.ts';

/** The time after which an item counts as gone, in epoch seconds; DynamoDB itself deletes it up to days later. */
interface Expiring {
  ttl?: number;
}

/** Whether there is an item, as far as anybody is to know. */
export const alive = (item: Expiring | undefined): boolean =>
  item !== undefined && (item.ttl === undefined || item.ttl > epochSeconds());
