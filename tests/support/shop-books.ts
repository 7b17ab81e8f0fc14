import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { StoredProduct } from '../../functions/orders/catalogue/product.ts';
import type { Movement } from '../../functions/orders/catalogue/stock.ts';
import type { StoredOrder } from '../../functions/orders/ordering/order.ts';

interface LedgerLine {
  readonly pk: string;
  readonly kind: 'charge' | 'refund';
  readonly amount: number;
}

export interface SimulatedCharge {
  readonly reference: string;
  readonly outcome: string;
  readonly amount: number;
  readonly refunded_amount: number;
}

/** What one buyer has open: `pending` orders, and `owed_XOF` and the like on account. */
export type Buyer = { readonly pk: string } & Readonly<Record<string, unknown>>;

/** Everything that the shop's table holds, whole. */
export interface Books {
  readonly products: StoredProduct[];
  readonly movements: Map<string, Movement[]>;
  readonly orders: StoredOrder[];
  readonly ledger: Map<string, LedgerLine[]>;
  readonly charges: SimulatedCharge[];
  readonly buyers: Buyer[];
}

type Item = Record<string, unknown> & { pk: string; sk: string };

/** All the items of a table of the engine at `endpoint`, the tests' own unless said. */
export async function everything(TableName: string, endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB): Promise<Item[]> {
  const client = new DynamoDBClient({ ...(endpoint && { endpoint }) });
  const documents = DynamoDBDocumentClient.from(client);
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }));
    items.push(...(page.Items as Item[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  client.destroy();
  return items;
}

/** Reads a shop's table, at `endpoint` if it is not the tests' own. */
export async function readBooks(table: string, endpoint?: string): Promise<Books> {
  const items = await everything(table, endpoint);
  const kind = <T>(pattern: RegExp) => items.filter(({ sk }) => pattern.test(sk)) as unknown as T[];
  const byPartition = <T extends { pk: string }>(lines: T[]) => Map.groupBy(lines, ({ pk }) => pk);
  return {
    products: kind(/^PRODUCT$/),
    movements: byPartition(kind<Movement & { pk: string }>(/^MOVEMENT#/)),
    orders: kind(/^ORDER$/),
    ledger: byPartition(kind<LedgerLine>(/^PAYMENT#/)),
    charges: kind(/^CHARGE$/),
    buyers: kind(/^BUYER$/),
  };
}
