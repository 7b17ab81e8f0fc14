import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { HttpHandler } from '../../platform/http/endpoint.ts';
import type { Routed, SiteHandler } from '../../platform/http/site.ts';
import { type Lambda, routesOf, sourceOf } from '../../project/contexts.ts';
import { moduleUrl, projectRoot } from '../../project/root.ts';

/** The operations that the module of a Lambda serves; undefined where it is not behind the API. */
export async function operationsOf(lambda: Lambda) {
  const module = (await import(moduleUrl(sourceOf(lambda)))) as { handler?: HttpHandler };
  return module.handler?.operations;
}

/** Where the gateway takes the rest of a path for a page's own: the longest that begins a path wins. */
const GREEDY = ['/portal/files/', '/portal/'];

/** The part of a path before the rest that the gateway leaves to the pages, where it does. */
export const greedyPart = (path: string): string | undefined => GREEDY.find((one) => path.startsWith(one));

/** The gateway's routes of a page. */
export const gatewayRoutesOf = ({ path, methods }: Routed): string[] =>
  methods.map((method) => `${method} ${resourceOf(path)}`);

function resourceOf(path: string): string {
  const greedy = greedyPart(path);
  return greedy ? `${greedy}{proxy+}` : path;
}

/** The pages that the module of a Lambda serves; none where it is of an API. */
export async function pagesOf(lambda: Lambda): Promise<readonly Routed[]> {
  const module = (await import(moduleUrl(sourceOf(lambda)))) as { handler?: Partial<SiteHandler> };
  return module.handler?.pages ?? [];
}

/** Whether the module of a Lambda serves pages whose answers leave while they come. */
export async function streamsPages(lambda: Lambda): Promise<boolean> {
  const module = (await import(moduleUrl(sourceOf(lambda)))) as { handler?: object };
  return 'open' in (module.handler ?? {}) && (await pagesOf(lambda)).length > 0;
}

/** The routes of the API: all that the gateway sends to some Lambdas, save where there are pages only. */
export async function apiRoutesOf(lambdas: readonly Lambda[]) {
  const each = await Promise.all(
    lambdas.map(async (lambda) => {
      const [operations, pages] = [(await operationsOf(lambda)) ?? [], await pagesOf(lambda)];
      const isApi = (route: string) => operations.some((one) => [one.route, ...one.aliases].includes(route as never));
      const ofPages = pages.flatMap(gatewayRoutesOf);
      return routesOf(lambda).filter(({ route }) => !ofPages.includes(route) || isApi(route));
    }),
  );
  return each.flat();
}

/** The source files below some folders, by their path in the project. */
export function sourceFiles(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules'));
}
