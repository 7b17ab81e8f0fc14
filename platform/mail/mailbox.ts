import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, Mailer } from './mail.ts';

const filled = (text: string, data: Mail['data']): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => data[name] ?? '');

/** The mailbox of a local start: a folder with a file for each e-mail, which any mail program opens. */
export class Mailbox implements Mailer {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The same e-mail sent again takes the place of the first. */
  async send({ id, to, template, data }: Mail): Promise<void> {
    const { subject, text } = JSON.parse(await readFile(template.file, 'utf8')) as { subject: string; text: string };
    const headers = [
      `To: ${to}`,
      `Subject: ${filled(subject, data)}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
    ];
    await mkdir(this.#folder, { recursive: true });
    const file = join(this.#folder, `${id}.eml`);
    // Whoever looks into the folder never meets half an e-mail.
    await writeFile(`${file}.part`, `${headers.join('\n')}\n\n${filled(text, data)}\n`);
    await rename(`${file}.part`, file);
  }
}
