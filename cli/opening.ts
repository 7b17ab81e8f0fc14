import { text } from 'node:stream/consumers';
import { type Api, connect } from './api/connect.ts';
import { sender } from './api/sending.ts';
import type { Office } from './declare.ts';
import { Interrupted, Misuse } from './failure.ts';
import { words } from './language.ts';
import { schoolOf } from './session/profiles.ts';
import { Session } from './session/session.ts';
import type { Terminal } from './terminal.ts';

/** Opens what a command works with; the school is looked up, and its API connected, when it is asked for. */
export function openOffice(env: NodeJS.ProcessEnv, terminal: Terminal, find: Office['find'], profile?: string): Office {
  const send = sender();
  let session: Session | undefined;
  let api: Api | undefined;
  const office: Office = {
    env,
    terminal,
    find,
    get session() {
      session ??= new Session(env, schoolOf(env, profile), terminal.language, send);
      return session;
    },
    get api() {
      api ??= connect(office.session, terminal.language, send);
      return api;
    },
    async confirm(question) {
      if (!terminal.asks)
        throw new Misuse(
          words(
            'nobody can be asked: --yes says that it is meant',
            "personne n'est là pour répondre : --yes dit que c'est voulu",
          ),
        );
      const { confirmed } = await import('./menu/prompts.ts');
      if (!(await confirmed(terminal, question))) throw new Interrupted();
    },
    async piped() {
      if (process.stdin.isTTY) throw new Misuse(words('nothing is piped in', "rien n'arrive par un tube"));
      return text(process.stdin);
    },
  };
  return office;
}
