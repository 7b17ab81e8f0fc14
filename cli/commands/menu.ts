import { command } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';

export const menu = command({
  about: words(
    'The menu of your role; campus alone opens it, too',
    'Le menu de votre rôle ; campus seul l’ouvre aussi',
  ),
  examples: [['campus', words('arrow keys and Enter; Escape goes back', 'les flèches et Entrée ; Échap revient')]],
  async run(_, office) {
    if (!office.terminal.asks) throw new Misuse(words('the menu needs a terminal', "le menu a besoin d'un terminal"));
    const { openMenu } = await import('../menu/menu.ts');
    await openMenu(office);
    return { kind: 'text', text: '' };
  },
});
