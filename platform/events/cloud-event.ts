import * as z from 'zod';
import { timestamp } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { currentScope } from '../base/scope.ts';

/** What one context tells another: CloudEvents 1.0 in structured JSON. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(256),
  type: z.string().min(1).max(128),
  subject: z.string().max(256).optional(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** Extension attribute: the request that caused the event. */
  requestid: z.string().optional(),
  data: z.unknown(),
});
export type CloudEvent = z.output<typeof CloudEvent>;

/**
 * A new event.
 * @param source the context that speaks, `/campus/<context>`
 * @param type what happened, `campus.<noun>.<past participle>`
 * @param subject the id of what it happened to
 */
export const cloudEvent = (source: string, type: string, subject: string, data: unknown): CloudEvent => ({
  specversion: '1.0',
  id: newId(),
  source,
  type,
  subject,
  time: timestamp(),
  datacontenttype: 'application/json',
  requestid: currentScope()?.requestId,
  data,
});
