import { RootCommand } from '@bomb.sh/tab';
import { type Catalogue, isGroup } from './catalogue.ts';
import type { Command } from './declare.ts';
import { COMMON, type Shown } from './help.ts';
import { languageOf } from './language.ts';

/** The choices of a value, as the shell is told of them. */
function offer(choices: readonly string[] | undefined, each: (value: string, about: string) => void): void {
  for (const one of choices ?? []) each(one, '');
}

/** Answers a shell that asks how a line may go on: `campus complete -- students li`. */
export async function complete(catalogue: Catalogue, asked: readonly string[]): Promise<void> {
  const root = new RootCommand();
  const language = languageOf(process.env);
  const grow = (path: string, { options = {}, args = {}, about }: Command) => {
    const at = root.command(path, about[language]);
    for (const [name, { about: what, choices, shown }] of Object.entries<Shown>({ ...options, ...COMMON })) {
      const flag = name.replaceAll('_', '-');
      if (!shown) at.option(flag, what[language]);
      else at.option(flag, what[language], (each) => offer(choices, each));
    }
    for (const [name, { choices, many }] of Object.entries(args))
      at.argument(name, (each) => offer(choices, each), many === true);
  };
  const words = asked.slice(asked.indexOf('--') + 1);
  for (const [name, entry] of Object.entries(catalogue)) {
    root.command(name, entry.about[language]);
    if (name !== words[0]) continue;
    if (!isGroup(entry)) grow(name, await entry.load());
    else for (const [below, one] of Object.entries(await entry.load())) grow(`${name} ${below}`, one);
  }
  root.parse(words);
}
