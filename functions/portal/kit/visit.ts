import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Day, dayIn } from '../../../platform/base/day.ts';
import { newId } from '../../../platform/base/ids.ts';
import type { Language, Localized } from '../../../platform/base/language.ts';
import { header } from '../../../platform/http/headers.ts';
import { basePath } from '../../../platform/http/links.ts';
import { Api } from './api.ts';
import { type Cookies, cookiesOf, drop, keep } from './cookies.ts';
import { formTokenFor } from './forgery.ts';
import { Form, formOf } from './form.ts';
import { type Look, lookOf, type Theme } from './look.ts';
import { type Session, sessionOf } from './session.ts';
import { isNews, type News } from './told.ts';
import type { Upload } from './upload.ts';

/** Where a request leads: its path without the stage, and the variable parts of it. */
export interface Destination {
  readonly path: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** A visitor's request, read once: what every page works with. */
export class Visit {
  readonly event: APIGatewayProxyEvent;
  readonly cookies: Cookies;
  readonly language: Language;
  readonly theme: Theme;
  /** Undefined, too, once it turned out to be over. */
  session: Session | undefined;
  /** What stands before every path of ours: the stage, or nothing. */
  readonly base: string;
  readonly path: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Undefined where what was sent is no form. */
  readonly form: Form | undefined;
  /** The file that a form brought, where its page takes one. */
  readonly file: Uint8Array | undefined;
  readonly api: Api;
  /** What the page before left to be told on this one. */
  readonly news: News | undefined;
  /** The time zone by which times are written; UTC until somebody found out. */
  zone = 'UTC';
  /** What is to be kept in the browser, whatever the page answers. */
  readonly kept: string[] = [];
  readonly #visitor: string;

  constructor(event: APIGatewayProxyEvent, { path, variables }: Destination, upload?: Upload) {
    this.event = event;
    this.cookies = cookiesOf(event);
    const look: Look = lookOf(event, this.cookies);
    this.language = look.language;
    this.theme = look.theme;
    this.session = sessionOf(this.cookies);
    this.base = basePath(event);
    this.path = path;
    this.variables = variables;
    this.query = new URLSearchParams((event.queryStringParameters ?? {}) as Record<string, string>);
    this.form = upload ? upload.form : formOf(event);
    this.file = upload?.file;
    this.#visitor = this.cookies.visitor ?? newId();
    this.news = isNews(this.cookies.told) ? this.cookies.told : undefined;
    if (this.news && event.httpMethod === 'GET') this.kept.push(drop('told'));
    this.api = this.#apiAs(this.session);
  }

  #apiAs(session: Session | undefined): Api {
    return new Api({
      language: this.language,
      session,
      address: this.event.requestContext.identity?.sourceIp ?? '',
      device: header(this.event, 'user-agent'),
    });
  }

  /** The day that it is where the school is. */
  get today(): Day {
    return dayIn(this.zone);
  }

  /** The services as somebody without a session sees them. */
  get publicApi(): Api {
    return this.#apiAs(undefined);
  }

  /** A text in the visitor's language. */
  say(text: Localized): string {
    return text[this.language];
  }

  /** What stands between a name and its value: French has a space before it. */
  get colon(): string {
    return this.say({ fr: '\u00a0: ', en: ': ' });
  }

  /** The address of one of our paths, for a link. */
  to(path: string): string {
    return this.base + path;
  }

  /** What was typed into a field; empty where nothing was sent. */
  typed(name: string): string {
    return (this.form ?? new Form(new URLSearchParams())).text(name);
  }

  /** Whoever the forms of this page are made for. */
  get #owner(): string {
    return this.session ? `account:${this.session.username}` : `visitor:${this.#visitor}`;
  }

  /** Whoever the form that came must have been made for; undefined where we know nobody. */
  get formOwner(): string | undefined {
    return this.session || this.cookies.visitor ? this.#owner : undefined;
  }

  /** The token of this page's forms; a visitor without a session is given something to be known by. */
  formToken(): Promise<string> {
    if (!this.session && !this.cookies.visitor && !this.kept.some((one) => one.includes('visitor=')))
      this.kept.push(keep('visitor', this.#visitor));
    return formTokenFor(this.#owner);
  }
}

/** The session of a page that is only shown to those who have one. */
export function sessionIn({ session }: Visit): Session {
  if (!session) throw new Error('A page that asks for a session was shown without one');
  return session;
}
