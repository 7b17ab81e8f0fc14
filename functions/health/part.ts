import { schoolPart } from '../../platform/http/part.ts';
import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { traceAll } from './access-log.ts';
import { table } from './table.ts';

/** Whose data an item holds: measurements and records lie in the partition of their person. */
const personOf = (pk: string): number | undefined => {
  const id = /^PERSON#(\d+)$/.exec(pk)?.[1];
  return id === undefined ? undefined : Number(id);
};

export const exportHealth = schoolPart({
  name: 'health',
  table,
  kinds: { current_values: /^PERSON#\d+ RECORD$/, measurement: /^PERSON#\d+ MEASURED#/, access: /^ACCESS#/ },
  before(items, caller) {
    const persons = new Set(items.flatMap(({ pk }) => personOf(pk) ?? []));
    return traceAll([...persons], caller, 'export');
  },
});

export const handler = streamingEndpoint(exportHealth);
