import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { ROLES, type Role } from '../../../platform/http/access.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Listed, type Tagged } from '../kit/api.ts';
import { type Control, controlRow } from '../kit/form-controls.ts';
import { formPage, tagOf } from '../kit/form-page.ts';
import { withQuery } from '../kit/page.ts';
import { empty, panel, table } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';

const Account = z.object({
  username: z.string(),
  role: z.enum(ROLES),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  disabled: z.boolean(),
});
type Account = z.output<typeof Account>;

const ROLE_NAMES = {
  student: { fr: 'élève ou client', en: 'student or customer' },
  guardian: { fr: 'parent', en: 'guardian' },
  teacher: { fr: 'professeur', en: 'teacher' },
  admin: { fr: 'administration', en: 'school office' },
} satisfies Record<Role, Localized>;

const WORDS = {
  title: { fr: 'Comptes', en: 'Accounts' },
  search: { fr: 'Chercher', en: 'Search' },
  username: { fr: 'Nom d’utilisateur', en: 'Username' },
  name: { fr: 'Nom', en: 'Name' },
  role: { fr: 'Rôle', en: 'Role' },
  state: { fr: 'État', en: 'State' },
  open: { fr: 'ouvert', en: 'open' },
  disabled: { fr: 'désactivé', en: 'disabled' },
  none: { fr: 'Aucun compte ne commence ainsi.', en: 'No account begins like this.' },
  next: { fr: 'Suite', en: 'Next' },
  more: { fr: 'Suite de la liste', en: 'More of the list' },
  profile: { fr: 'Profil', en: 'Profile' },
  text: {
    fr: 'Un compte désactivé ne se connecte plus, et ses sessions sont terminées aussitôt.',
    en: 'A disabled account signs in no more, and its sessions end at once.',
  },
  remove: { fr: 'Supprimer le compte', en: 'Delete the account' },
  removeText: {
    fr: 'Les sessions se terminent aussitôt, et ce nom ne sera plus donné à personne. Pour une absence, désactivez plutôt le compte.',
    en: 'Its sessions end at once, and this name is never given to anybody again. For an absence, disable the account instead.',
  },
} satisfies Record<string, Localized>;

const PAGE = '/portal/accounts';

const pathOf = (name: string): string => `${PAGE}/${encodeURIComponent(name)}`;

const SEARCH: Control = {
  name: 'q',
  label: { fr: 'Début du nom d’utilisateur', en: 'Begin of the username' },
  as: 'search',
  maxLength: 64,
  autocomplete: 'off',
  bare: true,
};

const nameOf = ({ first_name, last_name }: Account): string => [first_name, last_name].filter(Boolean).join(' ') || '–';

function accountTable(visit: Visit, { items, next }: Listed<readonly Account[]>): Html {
  if (items.length === 0 && !next) return empty(visit.say(WORDS.none));
  const columns = (['username', 'name', 'role', 'state'] as const).map((name) => ({ name: visit.say(WORDS[name]) }));
  const rows = items.map((one) => [
    html`<a href="${visit.to(pathOf(one.username))}">${one.username}</a>`,
    nameOf(one),
    visit.say(ROLE_NAMES[one.role]),
    visit.say(one.disabled ? WORDS.disabled : WORDS.open),
  ]);
  const onward = next && withQuery(PAGE, { q: visit.query.get('q') ?? undefined, cursor: next });
  return html`${table(visit.say(WORDS.title), columns, rows)}${onward && html`<nav class="pager" aria-label="${visit.say(WORDS.more)}"><a href="${visit.to(onward)}">${visit.say(WORDS.next)}</a></nav>`}`;
}

/** `/portal/accounts`: by the begin of a username. */
export const accountsPage = officePage(PAGE, async (visit) => {
  const given = (name: string) => visit.query.get(name)?.trim() || undefined;
  const path = withQuery('/users', { q: given('q'), limit: '50', cursor: given('cursor') });
  const outcome = await attempt(visit.api.list(path, z.array(Account)));
  const title = visit.say(WORDS.title);
  return {
    title,
    body: html`<h1>${title}</h1>
<form class="search" role="search" action="${visit.to(PAGE)}">${controlRow(visit, SEARCH, given('q') ?? '')}<button class="quiet">${visit.say(WORDS.search)}</button></form>
${panel(visit, { id: 'accounts', title: visit.say(WORDS.title), outcome }, (one) => accountTable(visit, one))}`,
  };
});

const accountOf = (visit: Visit): Promise<Tagged<Account>> =>
  visit.api.tagged(`/users/${encodeURIComponent(visit.variables.username ?? '')}`, Account);

const PROFILE = ['first_name', 'last_name', 'email', 'phone'] as const;

const profileControls: readonly Control[] = [
  { name: 'first_name', label: { fr: 'Prénom', en: 'First name' }, maxLength: 100, autocomplete: 'off' },
  { name: 'last_name', label: { fr: 'Nom', en: 'Last name' }, maxLength: 100, autocomplete: 'off' },
  { name: 'email', label: { fr: 'E-mail', en: 'E-mail' }, as: 'email', maxLength: 254, autocomplete: 'off' },
  { name: 'phone', label: { fr: 'Téléphone', en: 'Phone' }, as: 'tel', maxLength: 40, autocomplete: 'off' },
];

const rightControls = (visit: Visit): readonly Control[] => [
  {
    name: 'role',
    label: WORDS.role,
    as: 'choice',
    required: true,
    options: ROLES.map((value) => ({ value, text: visit.say(ROLE_NAMES[value]) })),
  },
  { name: 'disabled', label: { fr: 'Compte désactivé', en: 'Account disabled' }, as: 'tick' },
  {
    name: 'unlock',
    label: { fr: 'Lever le blocage après trop d’essais', en: 'Lift the block after too many attempts' },
    as: 'tick',
  },
];

/** `/portal/accounts/{username}`: role, whether it is disabled, profile. Only what was changed is sent. */
export const officeAccountPage = formPage<Tagged<Account>>({
  path: `${PAGE}/{username}`,
  know: accountOf,
  title: (_, { value }) => value.username,
  back: (visit) => ({ path: PAGE, text: visit.say(WORDS.title) }),
  above: (visit, { value }) =>
    html`<p class="lead">${visit.say(WORDS.text)}</p><p><a class="button quiet" href="${visit.to(`${pathOf(value.username)}/remove`)}">${visit.say(WORDS.remove)}</a></p>`,
  groups: (visit) => [
    { controls: rightControls(visit) },
    { legend: visit.say(WORDS.profile), controls: profileControls },
  ],
  values: (_, { value }) => ({
    role: value.role,
    disabled: value.disabled ? 'yes' : '',
    ...Object.fromEntries(PROFILE.map((name) => [name, value[name] ?? ''])),
  }),
  tag: ({ tag }) => tag,
  codes: { own_admin_rights: 'role' },
  button: { fr: 'Enregistrer', en: 'Save' },
  async send(visit, { value }) {
    const profile = PROFILE.map((name) => [name, visit.typed(name).trim()] as const)
      .filter(([name, text]) => text !== (value[name] ?? ''))
      .map(([name, text]) => [name, text === '' ? null : text]);
    const body = {
      ...{ role: visit.typed('role'), disabled: visit.typed('disabled') === 'yes' },
      ...(visit.typed('unlock') === 'yes' && { unlock: true }),
      ...Object.fromEntries(profile),
    };
    await visit.api.send('PUT', `/users/${encodeURIComponent(value.username)}`, { body, tag: tagOf(visit) });
    return { to: pathOf(value.username), news: 'saved' };
  },
});

/** `/portal/accounts/{username}/remove`. */
export const removeAccountPage = formPage<Tagged<Account>>({
  path: `${PAGE}/{username}/remove`,
  know: accountOf,
  title: (visit) => visit.say(WORDS.remove),
  back: (_, { value }) => ({ path: pathOf(value.username), text: value.username }),
  above: (visit, { value }) => html`<p class="lead">${value.username}. ${visit.say(WORDS.removeText)}</p>`,
  button: WORDS.remove,
  danger: true,
  async send(visit, { value }) {
    await visit.api.send('DELETE', `/users/${encodeURIComponent(value.username)}`);
    return { to: PAGE, news: 'account_deleted' };
  },
});
