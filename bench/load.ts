import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createRequire } from 'node:module';
import { runWell } from '../project/processes.ts';
import { doubt } from './doubts.ts';
import { quantile } from './frame.ts';
import { cpuSeconds, type Server } from './process.ts';

const SECONDS = 1;
const WARM_UP_REQUESTS = 1_500;

const autocannon = createRequire(import.meta.url).resolve('autocannon');

interface Report {
  readonly latency: { readonly average: number; readonly p50: number; readonly p99: number };
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
  readonly connections?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** For a server that closes each connection after its answer. */
  readonly closes?: boolean;
}

async function cannon({ url }: Server, { headers = {}, connections = 16 }: Options, ...extent: string[]) {
  const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [autocannon, '-c', String(connections), ...extent, '-j', ...options, url];
  return JSON.parse(await runWell(process.execPath, args)) as Report;
}

async function statusOf(url: string, headers: Options['headers']): Promise<number> {
  const sent = request(url, { agent: false, headers: { ...headers } }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'close');
  return answer.statusCode ?? 0;
}

/**
 * Asks a server that closes its connections, on a new one each time. The load generator sends on, on the connection that
 * is about to be closed, and counts the wait for an answer that does not come as that of the next.
 */
async function onNewConnections({ url }: Server, { headers, connections = 16 }: Options): Promise<Report> {
  const times: number[] = [];
  let [good, bad] = [0, 0];
  const end = performance.now() + SECONDS * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const startedAt = performance.now();
      if ((await statusOf(url, headers)) === 200) good += 1;
      else bad += 1;
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const average = times.reduce((a, b) => a + b, 0) / times.length;
  const latency = { average, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  return { latency, '2xx': good, non2xx: bad, errors: 0 };
}

/** Lets a server compile what it runs often: by a number of requests, since a busy machine gets few done in a time. */
export async function warmUp(server: Server, options: Options = {}): Promise<void> {
  await cannon(server, options, '-a', String(WARM_UP_REQUESTS));
}

// What begins before the end and ends behind it makes both sides differ a little.
const TOLERANCE = 1.2;
// The load generator counts whole milliseconds, and takes some time itself between an answer and the next request.
const FINE_MS = 5;

/**
 * Whether a rate and a latency can be those of so many connections: by Little's law their product is the number of
 * requests under way. @returns what contradicts it
 */
export function contradiction(connections: number, perSecond: number, averageMs: number): string | undefined {
  const underWay = (perSecond * averageMs) / 1000;
  const tooMany = underWay > connections * TOLERANCE;
  const tooFew = averageMs >= FINE_MS && underWay < connections / 2;
  return tooMany || tooFew
    ? `${perSecond.toFixed(0)} answers a second of ${averageMs.toFixed(1)} ms are ${underWay.toFixed(1)} under way on ${connections} connections`
    : undefined;
}

/** Drives a server with as many requests as its connections can put. @throws when one was not answered 2xx */
export async function drive(server: Server, options: Options = {}): Promise<Load> {
  const cpuBefore = cpuSeconds(server.pid);
  const startedAt = performance.now();
  const report = options.closes
    ? await onNewConnections(server, options)
    : await cannon(server, options, '-d', String(SECONDS));
  const seconds = options.closes ? (performance.now() - startedAt) / 1000 : SECONDS;
  const { '2xx': good, non2xx, errors, latency } = report;
  if (non2xx > 0 || errors > 0 || good === 0)
    throw new Error(`${server.url}: ${good} good answers, ${non2xx} bad ones, ${errors} errors`);
  const perSecond = good / seconds;
  const found = contradiction(options.connections ?? 16, perSecond, latency.average);
  if (found) doubt(`${server.url}: ${found}`);
  const cpuPerAnswer = ((cpuSeconds(server.pid) - cpuBefore) * 1000) / good;
  return { perSecond, cpuPerAnswer, p50: latency.p50, p99: latency.p99 };
}
