import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { html } from '../../../platform/http/html.ts';
import { CodeChallenge, LoopbackAddress } from '../../../platform/schema/loopback.ts';
import { attempt, Refusal } from '../kit/api.ts';
import { errorSummary } from '../kit/fields.ts';
import { tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen, withQuery } from '../kit/page.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';

const PATH = '/portal/authorize';

const WORDS = {
  title: { fr: 'Connecter un programme', en: 'Sign a program in' },
  text: {
    fr: 'Un programme sur cet ordinateur demande à se connecter avec votre compte, comme',
    en: 'A program on this computer asks to sign in with your account, as',
  },
  careful: {
    fr: 'Acceptez seulement si vous venez de taper « campus login » vous-même, et si ce programme montre le même nombre :',
    en: 'Agree only if you have just typed “campus login” yourself, and if that program shows the same number:',
  },
  agree: { fr: 'Se connecter', en: 'Sign in' },
  refuse: { fr: 'Refuser', en: 'Refuse' },
  other: { fr: 'Utiliser un autre compte', en: 'Use another account' },
  notMeant: { fr: 'Cette demande ne se comprend pas', en: 'This request cannot be meant' },
  notMeantText: {
    fr: 'Rien n’a été fait. Recommencez depuis le programme : campus login --web',
    en: 'Nothing was done. Begin again from the program: campus login --web',
  },
  done: { fr: 'Le programme est connecté', en: 'The program is signed in' },
  refused: { fr: 'Le programme n’est pas connecté', en: 'The program is not signed in' },
  back: { fr: 'Retour au programme', en: 'Back to the program' },
} satisfies Record<string, Localized>;

/** What a program asks with (RFC 6749, 4.1.1; RFC 7636, 4.3). */
const Asked = z.object({
  response_type: z.literal('code'),
  client_id: z.literal('campus-cli'),
  redirect_uri: LoopbackAddress,
  code_challenge: CodeChallenge,
  code_challenge_method: z.literal('S256'),
  state: z.string().regex(/^[\w-]{16,200}$/),
});
type Asked = z.output<typeof Asked>;

const FIELDS = Object.keys(Asked.shape) as (keyof Asked)[];

/** What was asked, by its names; undefined where it cannot be meant: then nobody is led anywhere. */
const askedIn = (value: (name: string) => string | null): Asked | undefined =>
  Asked.safeParse(Object.fromEntries(FIELDS.map((name) => [name, value(name)]))).data;

/** The number by which somebody tells the program that asks from another's: both make it of the challenge. */
const numberOf = ({ code_challenge }: Asked): string => {
  const number = createHash('sha256').update(`campus\0${code_challenge}`).digest().readUInt32BE() % 1_000_000;
  return String(number)
    .padStart(6, '0')
    .replace(/^(...)/, '$1 ');
};

function notMeant(visit: Visit): Screen {
  const title = visit.say(WORDS.notMeant);
  return {
    title,
    status: 400,
    body: html`<div class="narrow"><h1>${title}</h1><p class="lead">${visit.say(WORDS.notMeantText)}</p></div>`,
  };
}

async function consent(visit: Visit, asked: Asked, refusal?: Refusal): Promise<Screen> {
  const title = visit.say(WORDS.title);
  const hidden = FIELDS.map((name) => html`<input type="hidden" name="${name}" value="${asked[name]}">`);
  return {
    title,
    status: refusal?.status ?? 200,
    body: html`<div class="narrow"><h1>${title}</h1>
${errorSummary(visit, refusal)}
<p class="lead">${visit.say(WORDS.text)} <strong>${sessionIn(visit).username}</strong>.</p>
<p>${visit.say(WORDS.careful)} <strong>${numberOf(asked)}</strong></p>
<form class="actions" method="post" action="${visit.to(PATH)}">${tokenField(await visit.formToken())}${hidden}
<button name="answer" value="yes">${visit.say(WORDS.agree)}</button> <button class="quiet" name="answer" value="no">${visit.say(WORDS.refuse)}</button></form>
<p><a href="${visit.to('/logout')}">${visit.say(WORDS.other)}</a></p></div>`,
  };
}

/**
 * Leads back to the program. A form may not be answered with a redirect to another origin (the page's own policy), so the
 * page goes there by itself, and by a link where it does not.
 */
function leading(visit: Visit, { redirect_uri, state }: Asked, answer: Readonly<Record<string, string>>): Screen {
  const to = withQuery(redirect_uri, { ...answer, state });
  const title = visit.say('code' in answer ? WORDS.done : WORDS.refused);
  return {
    title,
    onward: to,
    body: html`<div class="narrow"><h1>${title}</h1><p class="actions"><a class="button" href="${to}">${visit.say(WORDS.back)}</a></p></div>`,
  };
}

const Given = z.object({ code: z.string() });

async function answer(visit: Visit): Promise<Reply> {
  const asked = askedIn((name) => visit.typed(name));
  if (!asked) return notMeant(visit);
  if (visit.typed('answer') !== 'yes') return leading(visit, asked, { error: 'access_denied' });
  const { code_challenge, redirect_uri } = asked;
  const body = { refresh_token: visit.cookies.refresh ?? '-', code_challenge, redirect_uri };
  const outcome = await attempt(visit.api.send('POST', '/auth/codes', { body }));
  if ('value' in outcome) return leading(visit, asked, { code: Given.parse(outcome.value).code });
  if (outcome.failure instanceof Refusal) return consent(visit, asked, outcome.failure);
  throw outcome.failure;
}

/**
 * `/portal/authorize`: a program on the visitor's machine asks to be signed in as they are (RFC 8252). Nothing happens
 * without the form of this page, and the answer goes to that machine alone.
 */
export const authorizePage = page({
  path: PATH,
  get: async (visit) => {
    const asked = askedIn((name) => visit.query.get(name));
    return asked ? consent(visit, asked) : notMeant(visit);
  },
  post: answer,
  // A yes is said again by whoever has signed in again.
  keeps: false,
});
