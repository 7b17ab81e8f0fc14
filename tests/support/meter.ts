import { dynamo } from '../../platform/data/client.ts';

interface Metered {
  ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
}

/** A command that DynamoDB answered, and the capacity units that it took. */
export interface Measured {
  readonly operation: string;
  readonly units: number;
}

/** What DynamoDB answers from now on in this test file, in order. A test empties it before what it measures. */
export function meteredCalls(): Measured[] {
  const sent: Measured[] = [];
  dynamo.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity = [] } = result.output as Metered;
        const units = [ConsumedCapacity].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
        sent.push({ operation: commandName.replace('Command', ''), units });
        return result;
      },
    { step: 'initialize', name: 'meter' },
  );
  return sent;
}
