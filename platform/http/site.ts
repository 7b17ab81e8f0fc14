import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { clock } from '../base/clock.ts';
import { within } from '../base/scope.ts';
import { type HttpHandler, requestIdOf, withoutBodyForHead } from './endpoint.ts';
import { basePath, publicPath } from './links.ts';
import { observed } from './middleware/observe.ts';
import { problemAnswers } from './middleware/problem-answer.ts';
import { standardHeaders } from './middleware/standard-headers.ts';
import type { Leaving } from './stream.ts';

/** What a browser may do with an address. */
export type PageMethod = 'GET' | 'POST';

/** A page, as the router knows it: which methods it has stands beside its path. */
export interface Routed {
  /** `/buy/{id}`: as people see it, without the stage. */
  readonly path: string;
  readonly methods: readonly PageMethod[];
}

/** What a path asks for. */
export interface Match<P extends Routed> {
  /** Undefined where there is no such page. */
  readonly page: P | undefined;
  /** The variable parts of the path, decoded. */
  readonly variables: Readonly<Record<string, string>>;
  /** The path without the stage. */
  readonly path: string;
}

/** A Lambda of pages. */
export type SiteHandler = HttpHandler & { readonly pages: readonly Routed[] };

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/** The variables of a path that a template takes; undefined where it does not. */
function variablesOf(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const variables: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = decoded(given[i] ?? '');
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (value === undefined || (name ? value === '' : value !== part)) return undefined;
    if (name) variables[name] = value;
  }
  return variables;
}

/** Finds pages by the path itself: one greedy route of the gateway stands for many of them. */
function finder<P extends Routed>(pages: readonly P[]): (event: APIGatewayProxyEvent) => Match<P> {
  // A literal part wins over a variable.
  const sorted = pages.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  return (event) => {
    const path = publicPath(event).slice(basePath(event).length) || '/';
    for (const page of sorted) {
      const variables = variablesOf(page.path, path);
      if (variables) return { page, variables, path };
    }
    return { page: undefined, variables: {}, path };
  };
}

/** Pages, and what answers for them. */
export interface Pages<P extends Routed> {
  readonly pages: readonly P[];
  /** Answers a request, also one for which there is no page; only what nobody expected leaves it as an error. */
  readonly serve: (event: APIGatewayProxyEvent, match: Match<P>) => Promise<Leaving>;
}

interface Site<P extends Routed> extends Pages<P> {
  /** What programs are answered, where they ask at the address of a page. */
  readonly api: HttpHandler;
  readonly isForPrograms: (event: APIGatewayProxyEvent) => boolean;
}

/** Shows pages, in the same surroundings as {@link endpoint} gives operations. */
export function showing<P extends Routed>({ pages, serve }: Pages<P>) {
  const find = finder(pages);
  const stack = middy<APIGatewayProxyEvent, Leaving>()
    .use([observed(), standardHeaders(), problemAnswers()])
    .handler((event) => serve(event, find(event)));
  const service = process.env.CAMPUS_CONTEXT;
  return async (event: APIGatewayProxyEvent, context?: Context): Promise<Leaving> => {
    // The language is the page's affair: a visitor may have chosen another than their browser's.
    const scope = { requestId: requestIdOf(event), language: 'fr' as const, service, startedAt: clock.now() };
    return withoutBodyForHead(event, await within(scope, () => stack(event, context ?? ({} as Context))));
  };
}

/** The Lambda that serves these pages, whole, and no description. What is handed on while it comes takes a `streamingSite`. */
export function site<P extends Routed>({ api, isForPrograms, ...shown }: Site<P>): SiteHandler {
  const show = showing(shown);
  const handler = (event: APIGatewayProxyEvent, context?: Context): Promise<APIGatewayProxyResult> =>
    isForPrograms(event) ? api(event, context) : show(event, context);
  return Object.assign(handler, { operations: api.operations, pages: shown.pages });
}
