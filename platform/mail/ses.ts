import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { sdkOptions, withoutTheUnread } from '../aws/sdk-client.ts';
import { required } from '../base/env.ts';
import type { Mail, Mailer } from './mail.ts';

const service = { host: 'email', signedAs: 'ses', patience: { connection: 1_000, answer: 4_000 } };

const client: SESv2Client = new SESv2Client({ maxAttempts: 2, ...sdkOptions(service, () => client.config) });
withoutTheUnread(client);

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
