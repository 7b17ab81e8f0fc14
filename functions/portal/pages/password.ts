import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { errorSummary, type Field, fieldRows } from '../kit/fields.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen } from '../kit/page.ts';
import { cookiesFor, Pair } from '../kit/session.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';

const FIELDS: readonly Field[] = [
  {
    name: 'old_password',
    label: { fr: 'Mot de passe actuel', en: 'Present password' },
    type: 'password',
    required: true,
    autocomplete: 'current-password',
  },
  {
    name: 'password',
    label: { fr: 'Nouveau mot de passe', en: 'New password' },
    hint: { fr: '8 caractères au moins', en: '8 characters at least' },
    type: 'password',
    required: true,
    minLength: 8,
    maxLength: 128,
    autocomplete: 'new-password',
  },
  {
    name: 'password_again',
    label: { fr: 'Nouveau mot de passe, encore une fois', en: 'New password, once more' },
    type: 'password',
    required: true,
    autocomplete: 'new-password',
  },
];

const WORDS = {
  title: { fr: 'Changer de mot de passe', en: 'Change the password' },
  text: {
    fr: 'Vos autres appareils seront déconnectés.',
    en: 'Your other devices will be signed out.',
  },
  different: {
    fr: 'Les deux mots de passe ne sont pas les mêmes ; tapez-les de nouveau',
    en: 'The two passwords are not the same; type them again',
  },
  back: { fr: 'Garder l’ancien', en: 'Keep the old one' },
} satisfies Record<string, Localized>;

async function screen(visit: Visit, refusal?: Refusal): Promise<Screen> {
  const title = visit.say(WORDS.title);
  return {
    title,
    status: refusal?.status ?? 200,
    retryAfter: refusal?.retryAfter,
    body: html`<div class="narrow"><h1>${title}</h1><p class="lead">${visit.say(WORDS.text)}</p>
${errorSummary(visit, refusal, FIELDS)}
<form class="stack" method="post" action="${visit.to('/portal/account/password')}">${tokenField(await visit.formToken())}
${fieldRows(visit, FIELDS, () => '', refusal)}
<p class="actions"><button>${title}</button> <a class="button quiet" href="${visit.to('/portal/account')}">${visit.say(WORDS.back)}</a></p></form></div>`,
  };
}

/** Changes it and signs in anew with it: a new password ends every session, this one too. */
async function renewed(visit: Visit): Promise<Pair> {
  const { username } = sessionIn(visit);
  const [password, old_password] = [visit.typed('password'), visit.typed('old_password')];
  await visit.api.send('PUT', `/users/${encodeURIComponent(username)}`, { body: { password, old_password } });
  return Pair.parse(await visit.publicApi.send('POST', '/auth/login', { body: { username, password } }));
}

async function change(visit: Visit): Promise<Reply> {
  if (visit.typed('password') !== visit.typed('password_again'))
    return screen(visit, Refusal.of('password_again', visit.say(WORDS.different)));
  const outcome = await attempt(renewed(visit));
  if ('value' in outcome)
    return { to: '/portal/account', news: 'password_changed', cookies: cookiesFor(outcome.value) };
  if (outcome.failure instanceof Refusal) return screen(visit, outcome.failure);
  throw outcome.failure;
}

/** `/portal/account/password`. */
export const passwordPage = page({
  path: '/portal/account/password',
  get: (visit) => screen(visit),
  post: change,
});
