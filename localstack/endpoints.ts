import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the embedded engines of a running Campus answer; their ports change with every start. */
export interface Endpoints {
  readonly dynamoDb: string;
  readonly sqs: string;
}

const fileIn = (dataFolder: string): string => join(dataFolder, 'endpoints.json');

/** Writes the endpoints down for the tools. @returns what takes them back at the end */
export function recordEndpoints(dataFolder: string, endpoints: Endpoints): () => void {
  writeFileSync(fileIn(dataFolder), JSON.stringify(endpoints));
  return () => rmSync(fileIn(dataFolder), { force: true });
}

/** The endpoints of the Campus that runs on this data folder. @throws when none runs */
export function readEndpoints(dataFolder: string): Endpoints {
  if (!existsSync(fileIn(dataFolder))) throw new Error(`no Campus runs on the data folder ${dataFolder}`);
  return JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')) as Endpoints;
}
