import { DynamoDBClient, paginateListTables, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { until } from '../../../project/until.ts';
import { EMULATED } from '../emulated.ts';
import type { Adaptation } from './front.ts';

const RESTORE = 'DynamoDB_20120810.RestoreTableToPointInTime';

interface Restore {
  readonly SourceTableName: string;
  /** Seconds since 1970. */
  readonly RestoreDateTime: number;
}

/**
 * The one moment to which tables can be restored. MiniStack makes the new table as DynamoDB does, but of what is in the
 * old one now, whatever time it is asked for: so the tables are copied at that moment, and the copies asked for.
 */
export class Past {
  readonly #client: DynamoDBClient;
  #at: Date | undefined;

  constructor(endpoint: string) {
    this.#client = new DynamoDBClient({ ...EMULATED, endpoint });
  }

  /** Keeps all tables of a stage as they are. @returns the moment, a full second that is over */
  async keep(stage: string): Promise<Date> {
    for await (const { TableNames = [] } of paginateListTables({ client: this.#client }, {}))
      for (const table of TableNames.filter((name) => name.startsWith(`campus-${stage}-`)))
        await this.#client.send(
          new RestoreTableToPointInTimeCommand({ SourceTableName: table, TargetTableName: kept(table) }),
        );
    const at = new Date(Math.ceil(Date.now() / 1_000) * 1_000);
    await until(() => Date.now() > at.getTime());
    this.#at = at;
    return at;
  }

  /** Answers a restore to that moment with what was kept; there is no other. */
  readonly adapt: Adaptation = async ({ headers, body }) => {
    if (headers['x-amz-target'] !== RESTORE) return undefined;
    const wanted = JSON.parse(body) as Restore;
    const { SourceTableName, RestoreDateTime } = wanted;
    if (RestoreDateTime * 1_000 !== this.#at?.getTime()) throw new Error(`nothing was kept of ${RestoreDateTime}`);
    return JSON.stringify({ ...wanted, SourceTableName: kept(SourceTableName) });
  };
}

const kept = (table: string): string => `kept-${table}`;
