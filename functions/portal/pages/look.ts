import { chosen, keepLook } from '../kit/look.ts';
import { inside, page } from '../kit/page.ts';

/** Remembers the language and the theme that somebody chose, and leads back. */
export const lookPage = page({
  path: '/portal/look',
  signedIn: false,
  get: async () => ({ to: '/' }),
  async post(visit) {
    const look = chosen(visit, { language: visit.typed('language'), theme: visit.typed('theme') });
    return { to: inside(visit.typed('back')), cookies: [keepLook(look)] };
  },
});
