import { createHmac, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { secret } from '../aws/secrets.ts';
import { clock } from '../base/clock.ts';
import { header } from './headers.ts';

/** The header in which the portal says for whom it asks. */
export const VISITOR = 'x-campus-visitor';

/** How long such a word is good for, in milliseconds: a call of the portal is answered or given up long before. */
const GOOD_FOR_MS = 60_000;

async function sign(address: string, at: number): Promise<Buffer> {
  const mac = createHmac('sha256', await secret('signing-secret'));
  return mac.update(`visitor\0${address}\0${at}`).digest();
}

/**
 * The value of {@link VISITOR} for a visitor's network address. Without it every visitor would come from the portal's own
 * address, and the limits on guesses and sign-ups would shut out all of them together.
 */
export async function vouchFor(address: string): Promise<string> {
  const at = clock.now();
  return `${address} ${at} ${(await sign(address, at)).toString('base64url')}`;
}

/** The address that the portal vouches for; undefined where nobody does, or somebody only pretends to. */
export async function vouchedAddress(event: Pick<APIGatewayProxyEvent, 'headers'>): Promise<string | undefined> {
  const [address = '', at = '', mac = ''] = header(event, VISITOR)?.split(' ') ?? [];
  if (mac === '' || Math.abs(clock.now() - Number(at)) > GOOD_FOR_MS) return undefined;
  const [sent, expected] = [Buffer.from(mac, 'base64url'), await sign(address, Number(at))];
  return sent.length === expected.length && timingSafeEqual(sent, expected) ? address : undefined;
}
