import { schoolPart } from '../../platform/http/part.ts';
import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { table } from './table.ts';

export const exportPersons = schoolPart({
  name: 'persons',
  table,
  kinds: { person: /^PERSON#\d+ PERSON$/ },
  derived: ['list', 'list_order'],
});

export const handler = streamingEndpoint(exportPersons);
