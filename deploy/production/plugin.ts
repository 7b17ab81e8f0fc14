import { createInterface } from 'node:readline/promises';
import type { Plugin, Serverless } from '../../project/serverless.ts';
import { settingsOf, unchosen } from '../template/settings.ts';

/** What stands between a slip of the hand and a stage that keeps data. */
export default class Production {
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;

  constructor({ service, pluginManager }: Serverless) {
    this.hooks = {
      'before:package:initialize': () => requireChoices(service.custom),
      'before:deploy:deploy': () => findAgain(service.custom, pluginManager.plugins),
      'before:remove:remove': () => confirmRemoval(service.custom),
    };
  }
}

type Custom = Serverless['service']['custom'];

/** A production that tells nobody of its failures, or whose origins nobody thought of, is not packaged. */
function requireChoices(custom: Custom): void {
  const missing = unchosen(custom);
  if (missing.length === 0) return;
  throw new Error(`The stage ${settingsOf(custom).stage} keeps data, so these must be said: ${missing.join('; ')}`);
}

/**
 * Lets a deployment take over what a removal, or a first deployment that failed, has left of the stage: tables and logs, by
 * their names. Otherwise it would fail, since they are there already.
 */
function findAgain(custom: Custom, plugins: readonly Plugin[]): void {
  if (!settingsOf(custom).keepData) return;
  for (const plugin of plugins) {
    const paramsOf = plugin.getCreateChangeSetParams?.bind(plugin);
    if (paramsOf) plugin.getCreateChangeSetParams = (of) => ({ ...paramsOf(of), ImportExistingResources: true });
  }
}

/** Takes a stage that keeps data away only for whoever types its name in full, at a terminal or into a pipe. */
async function confirmRemoval(custom: Custom): Promise<void> {
  const { keepData, stage } = settingsOf(custom);
  if (!keepData) return;
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await answerTo(asked, `This takes ${custom.prefix} away. Type its name to go on: `);
    if (typed !== custom.prefix)
      throw new Error(`Nothing was removed: ${stage} goes only with its name, ${custom.prefix}`);
  } finally {
    asked.close();
  }
}

/** What is typed, nothing where there is nobody to type. */
async function answerTo(asked: ReturnType<typeof createInterface>, question: string): Promise<string> {
  const closed = new Promise<string>((resolve) => asked.once('close', () => resolve('')));
  return (await Promise.race([asked.question(question), closed])).trim();
}
