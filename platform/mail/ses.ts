import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { required } from '../base/env.ts';
import type { Mail, Mailer } from './mail.ts';

const client = new SESv2Client({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
});

/** Amazon SES, by the templates that are deployed with the stack. */
export class Ses implements Mailer {
  readonly #from: string;

  /** @param from the sender, an address that SES has verified or is of a domain that it has */
  constructor(from: string) {
    this.#from = from;
  }

  async send({ to, template, data }: Mail): Promise<void> {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: this.#from,
        Destination: { ToAddresses: [to] },
        Content: { Template: { TemplateName: required(template.variable), TemplateData: JSON.stringify(data) } },
      }),
    );
  }
}
