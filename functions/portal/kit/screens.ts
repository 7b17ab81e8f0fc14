import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import type { Refusal } from './api.ts';
import { type Page, type Screen, withQuery } from './page.ts';
import type { Visit } from './visit.ts';

interface Message {
  readonly status: number;
  readonly title: Localized;
  readonly text: Localized;
  readonly retryAfter?: number | undefined;
  /** Where else to go from here. */
  readonly way?: Html | undefined;
}

const HOME: Localized = { fr: 'Retour à l’accueil', en: 'Back to the start page' };
const AGAIN: Localized = { fr: 'Réessayer', en: 'Try again' };
const LOOK: Localized = { fr: 'Voir ce qui est enregistré', en: 'See what is stored' };

/** What is known of a form that was sent to a service which did not answer. */
export const UNKNOWN: Localized = {
  fr: 'Un service n’a pas répondu à temps : nous ne savons pas si votre envoi a été enregistré.',
  en: 'A service did not answer in time: we do not know whether what you sent was stored.',
};

const NO_ANSWER: Localized = {
  fr: 'Un service ne répond pas ; réessayez dans un instant.',
  en: 'A service does not answer; try again in a moment.',
};

const addressOf = (visit: Visit): string => visit.to(withQuery(visit.path, Object.fromEntries(visit.query)));

/** The way to look at what is stored, where there is a page of it. */
export function lookLink(visit: Visit, { get, stored }: Pick<Page, 'get' | 'stored'>): Html | undefined {
  const own = get ? addressOf(visit) : undefined;
  const address = stored ? visit.to(stored) : own;
  return address === undefined ? undefined : html`<a class="button quiet" href="${address}">${visit.say(LOOK)}</a>`;
}

function message(visit: Visit, { status, title, text, retryAfter, way }: Message): Screen {
  const again = retryAfter !== undefined && visit.event.httpMethod !== 'POST';
  return {
    status,
    retryAfter,
    title: visit.say(title),
    body: html`<div class="narrow"><h1>${visit.say(title)}</h1>
<p class="lead">${visit.say(text)}</p>
<p class="actions">${again && html`<a class="button" href="${addressOf(visit)}">${visit.say(AGAIN)}</a> `}${way} <a class="button quiet" href="${visit.to(visit.session ? '/home' : '/')}">${visit.say(HOME)}</a></p></div>`,
  };
}

/** There is no such page. */
export const notFound = (visit: Visit): Screen =>
  message(visit, {
    status: 404,
    title: { fr: 'Page introuvable', en: 'Page not found' },
    text: {
      fr: 'Rien ne se trouve à cette adresse, ou ce n’est pas à vous. Vérifiez le lien que vous avez suivi.',
      en: 'There is nothing at this address, or it is not yours. Check the link that you followed.',
    },
  });

/** The address has no form that could be sent to it, or nothing but one. */
export const wrongMethod = (visit: Visit): Screen =>
  message(visit, {
    status: 405,
    title: { fr: 'Cette adresse ne s’ouvre pas ainsi', en: 'This address does not open like that' },
    text: {
      fr: 'Elle ne reçoit qu’un formulaire. Partez de la page qui le montre.',
      en: 'It only takes a form. Begin from the page that shows it.',
    },
  });

/** What was sent is no form. */
export const noForm = (visit: Visit): Screen =>
  message(visit, {
    status: 415,
    title: { fr: 'Envoi illisible', en: 'Unreadable form' },
    text: {
      fr: 'Rien n’a été fait. Envoyez le formulaire de la page.',
      en: 'Nothing was done. Send the form of the page.',
    },
  });

/** The form does not come from our pages, or was made for another account. */
export const forged = (visit: Visit): Screen =>
  message(visit, {
    status: 403,
    title: { fr: 'Formulaire refusé', en: 'Form refused' },
    text: {
      fr: 'Ce formulaire vient d’un autre site, ou d’un onglet où un autre compte était connecté. Rien n’a été fait. Rouvrez la page et recommencez.',
      en: 'This form comes from another site, or from a tab in which another account was signed in. Nothing was done. Open the page again and start over.',
    },
  });

/** A service does not answer; of what was sent to it nobody knows whether it was stored. */
export const unavailable = (visit: Visit, page: Pick<Page, 'get' | 'stored'>, retryAfter = 1): Screen => {
  const isForm = visit.event.httpMethod === 'POST';
  return message(visit, {
    status: 503,
    retryAfter,
    title: { fr: 'Momentanément indisponible', en: 'Unavailable for a moment' },
    text: isForm ? UNKNOWN : NO_ANSWER,
    way: isForm ? lookLink(visit, page) : undefined,
  });
};

/** Something that nobody expected. */
export const broken = (visit: Visit, requestId: string): Screen =>
  message(visit, {
    status: 500,
    title: { fr: 'Cela n’a pas marché', en: 'That did not work' },
    text: {
      fr: `L’erreur est enregistrée sous le numéro ${requestId}. Réessayez, ou donnez ce numéro à l’administration.`,
      en: `The error is recorded under the number ${requestId}. Try again, or give this number to the school office.`,
    },
  });

/** A service said no to the page as a whole: what is missing and what is somebody else's look alike. */
export function refused(visit: Visit, { status, title, detail, retryAfter }: Refusal): Screen {
  if (status === 404) return notFound(visit);
  if (status === 403)
    return message(visit, {
      status,
      title: { fr: 'Accès réservé', en: 'Not for your account' },
      text: {
        fr: 'Votre compte n’ouvre pas cette page. Si vous pensez qu’il le devrait, demandez à l’administration.',
        en: 'Your account does not open this page. If you think that it should, ask the school office.',
      },
    });
  return message(visit, {
    status,
    retryAfter,
    title: { fr: title, en: title },
    text: { fr: detail || title, en: detail || title },
  });
}
