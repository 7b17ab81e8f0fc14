import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Refusal } from './api.ts';
import { errorSummary, type Field, fieldRows } from './fields.ts';
import { isTokenOf, TOKEN_FIELD } from './forgery.ts';
import { tokenField } from './frame.ts';
import type { Page, Screen } from './page.ts';
import { lookLink, UNKNOWN } from './screens.ts';
import type { Visit } from './visit.ts';

/** The field of the sign-in that keeps a form which was sent when its session had ended. */
export const KEPT = 'kept';

/** The field by which a form says that it was kept, and is to be shown again before it is taken. */
export const SHOWN_AGAIN = 'shown_again';

const SECRET = /password|^card\./;

/** What one signs in with. */
export const ENTRANCE: readonly Field[] = [
  {
    name: 'username',
    label: { fr: 'Nom d’utilisateur', en: 'Username' },
    required: true,
    maxLength: 256,
    autocomplete: 'username',
  },
  {
    name: 'password',
    label: { fr: 'Mot de passe', en: 'Password' },
    required: true,
    type: 'password',
    autocomplete: 'current-password',
  },
];

const WORDS = {
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  over: { fr: 'Votre session est terminée', en: 'Your session has ended' },
  isKept: {
    fr: 'Ce que vous avez saisi n’est pas encore enregistré, mais il est gardé ici. Connectez-vous pour le retrouver.',
    en: 'What you typed is not stored yet, but it is kept here. Sign in to get back to it.',
  },
  back: { fr: 'Vous êtes de nouveau connecté(e)', en: 'You are signed in again' },
  there: {
    fr: 'Ce que vous aviez saisi est toujours là, et n’est pas encore enregistré.',
    en: 'What you had typed is still there, and not stored yet.',
  },
  unavailable: { fr: 'Momentanément indisponible', en: 'Unavailable for a moment' },
  stillHere: { fr: 'Ce que vous avez saisi est gardé dans cette page.', en: 'What you typed is kept in this page.' },
  once: {
    fr: 'Vous pouvez l’envoyer de nouveau dans un instant : rien ne sera fait deux fois.',
    en: 'You can send it again in a moment: nothing will be done twice.',
  },
  lookFirst: {
    fr: 'Voyez d’abord ce qui est enregistré, puis envoyez-le de nouveau s’il le faut.',
    en: 'See first what is stored, then send it again if need be.',
  },
  sendAgain: { fr: 'Envoyer de nouveau', en: 'Send again' },
  goOn: { fr: 'Reprendre où j’en étais', en: 'Go on where I was' },
  sendNow: { fr: 'Envoyer maintenant', en: 'Send it now' },
} satisfies Record<string, Localized>;

interface Entrance {
  /** The path to which one is led. */
  readonly next: string;
  /** A form that waits, as it was sent. */
  readonly kept?: string | undefined;
  readonly refusal?: Refusal | undefined;
}

/** The form by which one signs in. @param title of its button */
export async function entranceForm(visit: Visit, { next, kept, refusal }: Entrance, title: string): Promise<Html> {
  return html`${errorSummary(visit, refusal, ENTRANCE)}
<form class="stack" method="post" action="${visit.to('/')}">
${tokenField(await visit.formToken())}<input type="hidden" name="next" value="${next}">${kept && html`<input type="hidden" name="${KEPT}" value="${kept}">`}
${fieldRows(visit, ENTRANCE, (name) => visit.typed(name), refusal)}
<button>${title}</button>
</form>`;
}

const hiddenFields = (fields: readonly (readonly [name: string, value: string])[]): Html[] =>
  fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);

/**
 * What of a form may wait in a page: nothing where it has a password or a card in it, or nothing at all.
 * @param page whether it shows such a form again before it takes it
 */
export function keepable({ form }: Visit, { again, keeps }: Pick<Page, 'again' | 'keeps'>): string | undefined {
  if (!keeps) return undefined;

  const entries = form?.entries ?? [];
  const holdsSecret = entries.some(([name]) => SECRET.test(name));
  const isEmpty = entries.every(([name]) => name === TOKEN_FIELD || name === SHOWN_AGAIN);
  const mark: (readonly [string, string])[] = again ? [[SHOWN_AGAIN, 'yes']] : [];
  if (isEmpty || holdsSecret) return undefined;
  const fields = entries.filter(([name]) => name !== SHOWN_AGAIN);
  return new URLSearchParams([...fields, ...mark].map(([...pair]) => pair)).toString();
}

/** The sign-in in place of an answer to a form: what was typed waits in it. */
export async function keepingEntrance(visit: Visit, entrance: Entrance): Promise<Screen> {
  return {
    title: visit.say(WORDS.over),
    status: entrance.refusal?.status === 429 ? 429 : 401,
    retryAfter: entrance.refusal?.retryAfter,
    body: html`<div class="narrow"><h1>${visit.say(WORDS.over)}</h1><p class="news warning" role="status">${visit.say(WORDS.isKept)}</p>
${await entranceForm(visit, entrance, visit.say(WORDS.signIn))}</div>`,
  };
}

/**
 * A service did not answer, and may have done what it was asked: what was typed waits until it is sent again, under the
 * key that it was sent by where it had one, so that it is not done twice.
 */
export function waitingForm(visit: Visit, page: Pick<Page, 'get' | 'stored'>, kept: string, retryAfter = 1): Screen {
  const title = visit.say(WORDS.unavailable);
  const fields = [...new URLSearchParams(kept)];
  const hasKey = fields.some(([name, value]) => name === 'key' && value !== '');
  return {
    ...{ title, status: 503, retryAfter },
    body: html`<div class="narrow"><h1>${title}</h1><p class="lead">${visit.say(UNKNOWN)}</p><p>${visit.say(WORDS.stillHere)} ${visit.say(hasKey ? WORDS.once : WORDS.lookFirst)}</p>
<form method="post" action="${visit.to(visit.path)}${visit.query.size > 0 && `?${visit.query}`}">${hiddenFields(fields)}
<p class="actions"><button>${visit.say(WORDS.sendAgain)}</button> ${lookLink(visit, page)}</p></form></div>`,
  };
}

/** Whether a kept form was made for whoever has now signed in: nobody is handed another's. */
export const isTheirs = (kept: string, username: string): Promise<boolean> =>
  isTokenOf(`account:${username}`, new URLSearchParams(kept).get(TOKEN_FIELD) ?? '');

/** Hands a kept form back: its page shows it again, or takes it, by one button. */
export function handedBack(visit: Visit, next: string, kept: string): Screen {
  const fields = [...new URLSearchParams(kept)];
  const isShown = fields.some(([name]) => name === SHOWN_AGAIN);
  const title = visit.say(WORDS.back);
  return {
    title,
    body: html`<div class="narrow"><h1>${title}</h1><p class="lead">${visit.say(WORDS.there)}</p>
<form method="post" action="${visit.to(next)}">${hiddenFields(fields)}
<button autofocus>${visit.say(isShown ? WORDS.goOn : WORDS.sendNow)}</button></form></div>`,
  };
}
