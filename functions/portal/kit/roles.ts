import type { Role } from '../../../platform/http/access.ts';
import { Refusal } from './api.ts';
import { type Page, page, type Show } from './page.ts';
import { sessionIn } from './visit.ts';

const OFFICE: readonly Role[] = ['admin'];

/**
 * A page for these roles alone, the school office's unless said: to everybody else it says that it is not theirs, before
 * any service is asked. What its visitor may do, the services decide all the same.
 */
export const only =
  (roles: readonly Role[] = OFFICE, show: Show): Show =>
  async (visit) => {
    if (!roles.includes(sessionIn(visit).role))
      throw new Refusal({ status: 403, headers: {}, body: { code: 'forbidden' } });
    return show(visit);
  };

/** A page of the school office, which shows something. */
export const officePage = (path: string, get: Show): Page => page({ path, get: only(OFFICE, get) });
