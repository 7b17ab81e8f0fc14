import { callAws } from '../aws/call.ts';
import { required } from '../base/env.ts';
import type { Mail, Mailer } from './mail.ts';

/** Amazon SES, by the templates that are deployed with the stack. */
export class Ses implements Mailer {
  readonly #from: string;

  /** @param from the sender, an address that SES has verified or is of a domain that it has */
  constructor(from: string) {
    this.#from = from;
  }

  async send({ to, template, data }: Mail): Promise<void> {
    // `SendEmail` of version 2 of its API.
    await callAws('sesv2', '/v2/email/outbound-emails', {
      FromEmailAddress: this.#from,
      Destination: { ToAddresses: [to] },
      Content: { Template: { TemplateName: required(template.variable), TemplateData: JSON.stringify(data) } },
    });
  }
}
