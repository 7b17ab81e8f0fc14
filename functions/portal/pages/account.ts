import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Outcome, Refusal } from '../kit/api.ts';
import { errorSummary, type Field, fieldRows } from '../kit/fields.ts';
import { lookForm, tokenField } from '../kit/frame.ts';
import { page, type Reply, type Screen } from '../kit/page.ts';
import { panel, section, table } from '../kit/parts.ts';
import { sessionIn, type Visit } from '../kit/visit.ts';
import { moment } from '../kit/write.ts';

const Profile = z.object({
  username: z.string(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
});
type Profile = z.output<typeof Profile>;

const Sessions = z.array(
  z.object({
    id: z.string(),
    last_used_at: z.string(),
    source_ip: z.string(),
    user_agent: z.string().optional(),
    current: z.boolean(),
  }),
);
type Sessions = z.output<typeof Sessions>;

const PROFILE_FIELDS = ['first_name', 'last_name', 'email', 'phone'] as const;

const FIELDS: readonly Field[] = [
  { name: 'first_name', label: { fr: 'Prénom', en: 'First name' }, maxLength: 100, autocomplete: 'given-name' },
  { name: 'last_name', label: { fr: 'Nom', en: 'Last name' }, maxLength: 100, autocomplete: 'family-name' },
  { name: 'email', label: { fr: 'E-mail', en: 'E-mail' }, type: 'email', autocomplete: 'email' },
  {
    name: 'phone',
    label: { fr: 'Téléphone', en: 'Phone' },
    hint: { fr: 'Par exemple +221 77 123 45 67', en: 'For example +221 77 123 45 67' },
    type: 'tel',
    autocomplete: 'tel',
  },
  {
    name: 'old_password',
    label: { fr: 'Mot de passe actuel', en: 'Present password' },
    hint: { fr: 'Demandé seulement pour changer l’e-mail', en: 'Asked only to change the e-mail' },
    type: 'password',
    autocomplete: 'current-password',
  },
];

const WORDS = {
  title: { fr: 'Votre compte', en: 'Your account' },
  profile: { fr: 'Profil', en: 'Profile' },
  save: { fr: 'Enregistrer le profil', en: 'Save the profile' },
  password: { fr: 'Mot de passe', en: 'Password' },
  change: { fr: 'Changer de mot de passe', en: 'Change the password' },
  sessions: { fr: 'Appareils connectés', en: 'Signed-in devices' },
  device: { fr: 'Appareil', en: 'Device' },
  used: { fr: 'Dernière activité', en: 'Last used' },
  address: { fr: 'Adresse', en: 'Address' },
  end: { fr: 'Mettre fin', en: 'End' },
  this: { fr: 'cet appareil', en: 'this device' },
  unknown: { fr: 'Appareil inconnu', en: 'Unknown device' },
  look: { fr: 'Langue et apparence', en: 'Language and appearance' },
} satisfies Record<string, Localized>;

const pathOf = (visit: Visit): string => `/users/${encodeURIComponent(sessionIn(visit).username)}`;

/** A browser by the names that people know it by. */
export function deviceName(agent: string | undefined, unknown: string): string {
  const browser = /Edg|Firefox|Chrome|Safari|curl/.exec(agent ?? '')?.[0];
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent ?? '')?.[0];
  return [browser?.replace('Edg', 'Edge'), system?.replace('Mac OS', 'macOS')].filter(Boolean).join(' · ') || unknown;
}

function sessionTable(visit: Visit, sessions: Sessions, token: string): Html {
  const columns = ['device', 'used', 'address', 'end'] as const;
  const rows = sessions.map(({ id, user_agent, last_used_at, source_ip, current }) => {
    const device = deviceName(user_agent, visit.say(WORDS.unknown));
    const button = html`<form method="post" action="${visit.to('/portal/account/sessions')}">${tokenField(token)}<input type="hidden" name="id" value="${id}"><button class="quiet">${visit.say(WORDS.end)}<span class="hidden">${visit.colon}${device}</span></button></form>`;
    return [device, moment(last_used_at, visit), source_ip, current ? visit.say(WORDS.this) : button];
  });
  const named = columns.map((name) => ({ name: visit.say(WORDS[name]) }));
  return table(visit.say(WORDS.sessions), named, rows);
}

function profileForm(visit: Visit, profile: Profile, token: string, refusal?: Refusal): Html {
  const stored: Readonly<Record<string, string | undefined>> = { ...profile };
  const shown = (name: string) => (refusal ? visit.typed(name) : (stored[name] ?? ''));
  return html`<form class="stack" method="post" action="${visit.to('/portal/account')}">${tokenField(token)}
${fieldRows(visit, FIELDS, shown, refusal)}<button>${visit.say(WORDS.save)}</button></form>`;
}

async function screen(visit: Visit, refusal?: Refusal): Promise<Screen> {
  const [profile, sessions, token]: [Outcome<Profile>, Outcome<Sessions>, string] = await Promise.all([
    attempt(visit.api.get(pathOf(visit), Profile)),
    attempt(visit.api.get('/auth/sessions', Sessions)),
    visit.formToken(),
  ]);
  const title = visit.say(WORDS.title);
  const change = html`<p><a class="button quiet" href="${visit.to('/portal/account/password')}">${visit.say(WORDS.change)}</a></p>`;
  return {
    title,
    status: refusal?.status ?? 200,
    body: html`<h1>${title}</h1><p class="lead">${sessionIn(visit).username}</p>
${errorSummary(visit, refusal, FIELDS)}
<div class="pair"><div>${panel(visit, { id: 'profile', title: visit.say(WORDS.profile), outcome: profile }, (one) => profileForm(visit, one, token, refusal))}</div>
<div>${section('password', visit.say(WORDS.password), change)}${section('appearance', visit.say(WORDS.look), lookForm(visit, token))}</div></div>
${panel(visit, { id: 'sessions', title: visit.say(WORDS.sessions), outcome: sessions }, (all) => sessionTable(visit, all, token))}`,
  };
}

/** What the form says of the profile: a field that was emptied is erased. */
function changesIn(visit: Visit): Record<string, string | null> {
  const fields = PROFILE_FIELDS.map((name) => [name, visit.typed(name).trim() === '' ? null : visit.typed(name)]);
  return { ...Object.fromEntries(fields), ...visit.form?.filled('old_password') };
}

async function save(visit: Visit): Promise<Reply> {
  const outcome = await attempt(visit.api.send('PUT', pathOf(visit), { body: changesIn(visit) }));
  if ('value' in outcome) return { to: '/portal/account', news: 'profile_saved' };
  if (outcome.failure instanceof Refusal) return screen(visit, outcome.failure);
  throw outcome.failure;
}

/** `/portal/account`: the profile, the password, the devices that are signed in, language and theme. */
export const accountPage = page({ path: '/portal/account', get: (visit) => screen(visit), post: save });

/** Ends one of one's own sessions. */
export const endSessionPage = page({
  path: '/portal/account/sessions',
  keeps: false,
  get: async () => ({ to: '/portal/account' }),
  async post(visit) {
    await visit.api.send('DELETE', `/auth/sessions/${encodeURIComponent(visit.typed('id'))}`);
    return { to: '/portal/account', news: 'session_ended' };
  },
});
