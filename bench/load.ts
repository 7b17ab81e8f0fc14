import { createRequire } from 'node:module';
import { runWell } from '../project/processes.ts';
import { cpuSeconds, type Server } from './process.ts';

const CONNECTIONS = 16;
const SECONDS = 8;
const WARM_UP_REQUESTS = 5_000;

const autocannon = createRequire(import.meta.url).resolve('autocannon');

interface Report {
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

/** What a server bore: answers a second, how long they took in milliseconds, and what CPU time each cost. */
export interface Load {
  readonly perSecond: number;
  /** Of the server with all its processes, in milliseconds; unlike the rate it is the same on a busy machine. */
  readonly cpuPerAnswer: number;
  readonly p50: number;
  readonly p99: number;
}

interface Options {
  readonly headers?: Readonly<Record<string, string>>;
  /** For a server that closes each connection after its answer, which the load generator counts as errors. */
  readonly closes?: boolean;
}

async function cannon({ url }: Server, { headers = {} }: Options, ...extent: string[]): Promise<Report> {
  const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [autocannon, '-c', String(CONNECTIONS), ...extent, '-j', ...options, url];
  return JSON.parse(await runWell(process.execPath, args)) as Report;
}

/** Lets a server compile what it runs often: by a number of requests, since a busy machine gets few done in a time. */
export async function warmUp(server: Server, options: Options = {}): Promise<void> {
  await cannon(server, options, '-a', String(WARM_UP_REQUESTS));
}

/** Drives a server with as many requests as sixteen connections can put. @throws when one was not answered 2xx */
export async function drive(server: Server, options: Options = {}): Promise<Load> {
  const cpuBefore = cpuSeconds(server.pid);
  const report = await cannon(server, options, '-d', String(SECONDS));
  if (report.non2xx > 0 || (report.errors > 0 && !options.closes) || report['2xx'] === 0)
    throw new Error(`${server.url}: ${report['2xx']} good answers, ${report.non2xx} bad ones, ${report.errors} errors`);
  const cpuPerAnswer = ((cpuSeconds(server.pid) - cpuBefore) * 1000) / report['2xx'];
  return { perSecond: report['2xx'] / SECONDS, cpuPerAnswer, p50: report.latency.p50, p99: report.latency.p99 };
}
