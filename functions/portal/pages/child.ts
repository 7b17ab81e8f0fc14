import { keep } from '../kit/cookies.ts';
import { inside, page } from '../kit/page.ts';

/** Remembers which child a guardian looks at. Whether they may, the services say each time. */
export const childPage = page({
  path: '/portal/child',
  keeps: false,
  get: async () => ({ to: '/portal/marks' }),
  async post(visit) {
    const id = /^[1-9]\d{0,14}$/.exec(visit.typed('child'))?.[0];
    return { to: inside(visit.typed('back')), cookies: id ? [keep('child', id)] : [] };
  },
});
