import { AsyncLocalStorage } from 'node:async_hooks';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { documents, dynamo } from '../../platform/data/client.ts';

/** An item as the document client takes and gives it. */
type Image = Record<string, unknown>;

interface Keyed {
  readonly TableName?: string;
  readonly Key?: Image;
  readonly Item?: Image;
}

interface Pending {
  readonly key: Image;
  /** What readers still see; undefined where there was nothing. */
  readonly before: Image | undefined;
  readonly visibleAt: number;
}

/** For how long the items of a transaction become visible one after the other, in milliseconds. */
const WINDOW_MS = 25;

const textOf = (value: unknown): string => String(value ?? '');

const nameOf = (item: Image): string => `${textOf(item.pk)}\n${textOf(item.sk)}`;

const keyOf = ({ pk, sk }: Image): Image => ({ pk, sk });

/**
 * Lets queries and batches meet a transaction half applied, as DynamoDB documents that they may and no local engine
 * shows: each of its items becomes visible at a moment of its own, before it is answered. Reads of one item stay whole.
 * @returns how many items were read as they had been before a transaction that was under way
 */
export function halfApplied(): { readonly stale: () => number } {
  const pending = new Map<string, Pending>();
  let stale = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const isHidden = (item: Image): boolean => (pending.get(nameOf(item))?.visibleAt ?? 0) > performance.now();

  /** What a reader meets in place of what stands. */
  function seen(items: readonly Image[], wasRead: (key: Image) => boolean): Image[] {
    const now = items.flatMap((item) => {
      if (!isHidden(item)) return [item];
      stale += 1;
      const { before } = pending.get(nameOf(item)) as Pending;
      return before ? [before] : [];
    });
    const names = new Set(items.map(nameOf));
    const gone = [...pending.values()].filter(
      ({ key, before }) => before && isHidden(key) && !names.has(nameOf(key)) && wasRead(key),
    );
    stale += gone.length;
    return [...now, ...gone.map(({ before }) => before as Image)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  }

  async function transact(keyed: readonly Keyed[], write: () => Promise<unknown>) {
    const [{ TableName = '' } = {}] = keyed;
    const keys = keyed.map(({ Key, Item }) => keyOf(Key ?? (Item as Image)));
    const { Responses } = await documents.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } }),
    );
    const before = new Map((Responses?.[TableName] ?? []).map((item) => [nameOf(item), item]));
    const result = await write();
    for (const key of keys)
      pending.set(nameOf(key), {
        key,
        before: before.get(nameOf(key)),
        visibleAt: performance.now() + Math.random() * WINDOW_MS,
      });
    return result;
  }

  const inTransaction = new AsyncLocalStorage<true>();
  dynamo.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (inTransaction.getStore() || !/^(?:TransactWriteItems|Query|BatchGetItem)Command$/.test(commandName))
          return next(args);
        // biome-ignore lint/suspicious/noExplicitAny: whatever the client sends
        const input = args.input as any;
        if (commandName === 'TransactWriteItemsCommand') {
          const keyed = input.TransactItems.flatMap((one: Record<string, Keyed>) => Object.values(one)) as Keyed[];
          // One at a time, so that what was there before is what it replaced.
          const mine = turn.then(() => inTransaction.run(true, () => transact(keyed, () => next(args))));
          turn = mine.catch(() => undefined);
          const result = (await mine) as Awaited<ReturnType<typeof next>>;
          await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
          return result;
        }
        const result = await next(args);
        // biome-ignore lint/suspicious/noExplicitAny: whatever comes back
        const output = result.output as any;
        if (commandName === 'QueryCommand' && !input.IndexName) {
          const [pk, from = ''] = [':pk', ':sk'].map((name) => textOf(input.ExpressionAttributeValues[name]));
          output.Items = seen(output.Items ?? [], (key) => textOf(key.pk) === pk && textOf(key.sk).startsWith(from));
          if (input.ScanIndexForward === false) output.Items.reverse();
        }
        for (const [table, items] of Object.entries(output.Responses ?? {})) {
          const asked = new Set((input.RequestItems[table].Keys as Image[]).map(nameOf));
          output.Responses[table] = seen(items as Image[], (key) => asked.has(nameOf(key)));
        }
        return result;
      },
    { step: 'initialize', name: 'half applied' },
  );
  return { stale: () => stale };
}
