import { RootCommand } from '@bomb.sh/tab';
import { choice, command } from '../declare.ts';
import { words } from '../language.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const completion = command({
  about: words('Print the completion of a shell', "Imprimer la complétion d'un shell"),
  args: { shell: choice(SHELLS, words('which shell', 'quel shell')) },
  examples: [
    [
      'source <(campus completion bash)',
      words('in ~/.bashrc; zsh likewise in ~/.zshrc', 'dans ~/.bashrc ; zsh de même dans ~/.zshrc'),
    ],
    ['campus completion fish > ~/.config/fish/completions/campus.fish', words('for fish', 'pour fish')],
  ],
  async run({ shell }) {
    return { kind: 'text', text: scriptOf(shell) };
  },
});

/** The script that a shell loads; it asks `campus complete` at each Tab. */
function scriptOf(shell: string): string {
  const said: string[] = [];
  const { log } = console;
  // The library prints it, and a command of ours answers.
  console.log = (text: string) => void said.push(text);
  try {
    new RootCommand().setup('campus', 'campus', shell);
  } finally {
    console.log = log;
  }
  return `${said.join('\n').trimEnd()}\n`;
}
