import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isSigned, type Signed, sign } from '../aws/signing.ts';
import { clock } from '../base/clock.ts';
import { header } from './headers.ts';

/** The header in which the portal says for whom it asks. */
export const VISITOR = 'x-campus-visitor';

/** How long such a word is good for, in milliseconds: a call of the portal is answered or given up long before. */
const GOOD_FOR_MS = 60_000;

const word = (address: string, at: number): Signed => [`visitor\0${address}\0${at}`];

/**
 * The value of {@link VISITOR} for a visitor's network address. Without it every visitor would come from the portal's own
 * address, and the limits on guesses and sign-ups would shut out all of them together.
 */
export async function vouchFor(address: string): Promise<string> {
  const at = clock.now();
  return `${address} ${at} ${(await sign(word(address, at))).toString('base64url')}`;
}

/** The address that the portal vouches for; undefined where nobody does, or somebody only pretends to. */
export async function vouchedAddress(event: Pick<APIGatewayProxyEvent, 'headers'>): Promise<string | undefined> {
  const [address = '', at = '', mac = ''] = header(event, VISITOR)?.split(' ') ?? [];
  if (mac === '' || Math.abs(clock.now() - Number(at)) > GOOD_FOR_MS) return undefined;
  return (await isSigned(Buffer.from(mac, 'base64url'), word(address, Number(at)))) ? address : undefined;
}
