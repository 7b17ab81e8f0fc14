import type { Localized } from '../../../platform/base/language.ts';
import type { Role } from '../../../platform/http/access.ts';
import { type Html, html, textOf } from '../../../platform/http/html.ts';
import { assets } from './assets.ts';
import { TOKEN_FIELD } from './forgery.ts';
import type { Screen } from './page.ts';
import { NEWS } from './told.ts';
import type { Visit } from './visit.ts';

interface Link {
  readonly path: string;
  readonly name: Localized;
  /** Everybody who is signed in, unless it says. */
  readonly roles?: readonly Role[];
}

const FAMILY: readonly Role[] = ['student', 'guardian'];
const OFFICE: readonly Role[] = ['admin'];
const BUYERS: readonly Role[] = ['student', 'guardian', 'teacher'];

/** The menu: what each role came for, in this order. */
const MENU: readonly Link[] = [
  { path: '/home', name: { fr: 'Accueil', en: 'Start' } },
  { path: '/portal/marks', name: { fr: 'Notes', en: 'Marks' }, roles: FAMILY },
  { path: '/portal/report-cards', name: { fr: 'Bulletins', en: 'Report cards' }, roles: FAMILY },
  { path: '/portal/fees', name: { fr: 'Frais', en: 'Fees' }, roles: FAMILY },
  { path: '/portal/health', name: { fr: 'Santé', en: 'Health' }, roles: ['student'] },
  { path: '/portal/students', name: { fr: 'Élèves', en: 'Students' }, roles: OFFICE },
  { path: '/portal/classes', name: { fr: 'Classes', en: 'Classes' }, roles: ['teacher', 'admin'] },
  { path: '/portal/fees', name: { fr: 'Frais', en: 'Fees' }, roles: OFFICE },
  { path: '/portal/year', name: { fr: 'Année', en: 'Year' }, roles: OFFICE },
  { path: '/portal/shop', name: { fr: 'Boutique', en: 'Shop' }, roles: OFFICE },
  { path: '/purchases', name: { fr: 'Achats', en: 'Purchases' }, roles: BUYERS },
  { path: '/portal/orders', name: { fr: 'Commandes', en: 'Orders' }, roles: BUYERS },
  { path: '/portal/account', name: { fr: 'Compte', en: 'Account' } },
];

const WORDS = {
  skip: { fr: 'Aller au contenu', en: 'Skip to the content' },
  menu: { fr: 'Pages', en: 'Pages' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  look: { fr: 'Langue et apparence', en: 'Language and appearance' },
  auto: { fr: 'Automatique', en: 'Automatic' },
  light: { fr: 'Clair', en: 'Light' },
  dark: { fr: 'Sombre', en: 'Dark' },
  language: { fr: 'Langue', en: 'Language' },
  theme: { fr: 'Thème', en: 'Theme' },
} satisfies Record<string, Localized>;

/** The field by which a form shows that it is ours. */
export const tokenField = (token: string): Html => html`<input type="hidden" name="${TOKEN_FIELD}" value="${token}">`;

function menu(visit: Visit): Html | undefined {
  const { session, path } = visit;
  if (!session) return undefined;
  const links = MENU.filter(({ roles }) => !roles || roles.includes(session.role));
  const isHere = (link: Link) => path === link.path || path.startsWith(`${link.path}/`);
  return html`<nav class="menu" aria-label="${visit.say(WORDS.menu)}"><ul>
${links.map((link) => html`<li><a href="${visit.to(link.path)}"${isHere(link) && html` aria-current="page"`}>${visit.say(link.name)}</a></li>`)}
</ul></nav>`;
}

const choice = (name: string, value: string, label: string, pressed: boolean): Html =>
  html`<button class="choice" name="${name}" value="${value}" aria-pressed="${pressed ? 'true' : 'false'}">${label}</button>`;

/** The switches of language and theme: remembered by the browser, no matter who is signed in. */
export function lookForm(visit: Visit, token: string): Html {
  const { language, theme } = visit;
  const here = visit.path + (visit.query.size > 0 ? `?${visit.query}` : '');
  return html`<form class="look" method="post" action="${visit.to('/portal/look')}">
${tokenField(token)}<input type="hidden" name="back" value="${here}">
<div role="group" aria-label="${visit.say(WORDS.language)}">
<button class="choice" name="language" value="fr" lang="fr" aria-pressed="${language === 'fr' ? 'true' : 'false'}">Français</button>
<button class="choice" name="language" value="en" lang="en" aria-pressed="${language === 'en' ? 'true' : 'false'}">English</button>
</div>
<div role="group" aria-label="${visit.say(WORDS.theme)}">
${(['auto', 'light', 'dark'] as const).map((one) => choice('theme', one, visit.say(WORDS[one]), theme === one))}
</div>
</form>`;
}

function who(visit: Visit, token: string): Html | undefined {
  if (!visit.session) return undefined;
  return html`<form class="who" method="post" action="${visit.to('/logout')}">${tokenField(token)}
<span class="name">${visit.session.username}</span> <button class="link">${visit.say(WORDS.signOut)}</button></form>`;
}

const news = (visit: Visit): Html | undefined =>
  visit.news &&
  html`<p class="news${visit.news === 'session_over' && ' warning'}" role="status">${visit.say(NEWS[visit.news])}</p>`;

/** A whole page around its own part. */
export async function framed(visit: Visit, { title, body, script }: Screen): Promise<string> {
  const [{ marks }, token] = await Promise.all([assets(), visit.formToken()]);
  const file = (name: string) => `${visit.to(`/portal/assets/${name}`)}?v=${marks[name] ?? ''}`;
  return textOf(html`<!doctype html>
<html lang="${visit.language}"${visit.theme !== 'auto' && html` data-theme="${visit.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${visit.theme === 'auto' ? 'light dark' : visit.theme}">
<title>${title} · Campus</title>
<link rel="icon" href="${file('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${file('style.css')}">
<script src="${file('portal.js')}" defer></script>
${script && html`<script src="${file(script)}" defer></script>`}
</head>
<body>
<a class="skip" href="#content">${visit.say(WORDS.skip)}</a>
<header class="top"><a class="brand" href="${visit.to(visit.session ? '/home' : '/')}"><img src="${file('icon.svg')}" alt="" width="28" height="28">Campus</a>
${menu(visit)}
${who(visit, token)}
</header>
<main id="content" tabindex="-1">
${news(visit)}
${body}
</main>
<footer class="foot" aria-label="${visit.say(WORDS.look)}">${lookForm(visit, token)}</footer>
</body>
</html>
`);
}
