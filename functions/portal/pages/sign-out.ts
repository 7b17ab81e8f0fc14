import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { attempt } from '../kit/api.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply } from '../kit/page.ts';
import { forgotten } from '../kit/session.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';

const WORDS = {
  title: { fr: 'Se déconnecter', en: 'Sign out' },
  text: {
    fr: 'Sur un appareil que d’autres utilisent, déconnectez-vous en partant.',
    en: 'On a device that others use, sign out when you leave.',
  },
  stay: { fr: 'Rester', en: 'Stay' },
} satisfies Record<string, Localized>;

/** Ends the session everywhere. Where the service does not answer the browser forgets it all the same. */
async function leave(visit: Visit): Promise<Reply> {
  await attempt(visit.api.send('POST', '/auth/logout'));
  return { to: '/', news: 'signed_out', cookies: forgotten() };
}

/** `/logout`: asks, since a link must not be able to sign anybody out; the button in the header does it at once. */
export const signOut = page({
  path: '/logout',
  get: async (visit) => ({
    title: visit.say(WORDS.title),
    body: html`<div class="narrow"><h1>${visit.say(WORDS.title)}</h1>
<p class="lead">${sessionIn(visit).username}. ${visit.say(WORDS.text)}</p>
<form class="actions" method="post" action="${visit.to('/logout')}">${tokenField(await visit.formToken())}<button>${visit.say(WORDS.title)}</button> <a class="button quiet" href="${visit.to('/home')}">${visit.say(WORDS.stay)}</a></form></div>`,
  }),
  post: leave,
});
