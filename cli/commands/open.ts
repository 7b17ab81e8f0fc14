import { openInBrowser } from '../browser.ts';
import { command } from '../declare.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { changedSchema, done } from './shared.ts';

export const open = command({
  about: words(
    'Open the portal in the browser; where there is none, or in a pipe, its address is printed',
    "Ouvrir le portail dans le navigateur ; sans navigateur, ou dans un tube, son adresse s'affiche",
  ),
  answers: changedSchema('url', { type: 'string', format: 'uri' }),
  examples: [['campus open', words('the school of the profile', "l'école du profil")]],
  async run(_, { env, terminal, session }) {
    const url = `${session.school.url}/`;
    const opened = terminal.seen && (await openInBrowser(url, env));
    if (opened)
      return done(`${url} is open in the browser.`, `${url} est ouvert dans le navigateur.`, { item: { url } });
    return { kind: 'rows', items: [{ url }], whole: { url }, columns: [column('url', 'Portal', 'Portail', 'id')] };
  },
});
