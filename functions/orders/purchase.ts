import * as z from 'zod';
import type { Caller } from '../../platform/http/access.ts';
import { Username } from '../../platform/text.ts';
import { problem } from './problems.ts';

/**
 * Whose purchases: the gateway wants one name for the variable after `/orders/`, so a username stands in `id`. Under
 * `/api` there is none, and the caller is meant.
 */
export const BuyerPath = z.object({ id: Username.optional() });

/** The user that a path means. @throws user_not_found alike for a stranger and for nobody */
export function buyerOf({ id }: z.output<typeof BuyerPath>, caller: Caller): string {
  const username = id ?? caller.username;
  if (!caller.mayReach(username)) throw problem.user_not_found();
  return username;
}

/** What was bought, as a purchase names it. */
export const Article = z.object({ id: z.int(), name: z.string() });
