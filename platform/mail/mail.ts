/** A text with names in double braces: deployed to SES under a name, and read from its file where e-mails stay here. */
export interface MailTemplate {
  /** The environment variable that names it in SES. */
  readonly variable: string;
  /** A JSON file with `subject` and `text`. */
  readonly file: string;
}

/** An e-mail. */
export interface Mail {
  /** The same for the same e-mail, however often it is sent. */
  readonly id: string;
  readonly to: string;
  readonly template: MailTemplate;
  /** What stands in the place of the template's names. */
  readonly data: Readonly<Record<string, string>>;
}

/** A way for e-mails to leave. */
export interface Mailer {
  /** Sends one. @throws Error where it may be tried again */
  send(mail: Mail): Promise<void>;
}
