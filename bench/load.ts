import { createRequire } from 'node:module';
import { run } from './process.ts';

const CONNECTIONS = 16;
const SECONDS = 8;

const autocannon = createRequire(import.meta.url).resolve('autocannon');

interface Report {
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

/** What a server bore: answers a second, and how long they took in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

interface Options {
  readonly headers?: Readonly<Record<string, string>>;
  /** For a server that closes each connection after its answer, which the load generator counts as errors. */
  readonly closes?: boolean;
}

/** Drives a URL with as many requests as sixteen connections can put. @throws when one was not answered 2xx */
export async function drive(url: string, { headers = {}, closes = false }: Options = {}): Promise<Load> {
  const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [autocannon, '-c', String(CONNECTIONS), '-d', String(SECONDS), '-j', ...options, url];
  const report = JSON.parse(await run(process.execPath, args)) as Report;
  if (report.non2xx > 0 || (report.errors > 0 && !closes) || report['2xx'] === 0)
    throw new Error(`${url}: ${report['2xx']} good answers, ${report.non2xx} bad ones, ${report.errors} errors`);
  return { perSecond: report['2xx'] / SECONDS, p50: report.latency.p50, p99: report.latency.p99 };
}
