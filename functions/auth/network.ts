import { isIPv6 } from 'node:net';

/** An IPv4 address within IPv6 (RFC 4291, 2.5.5.2), in the canonical text. */
const MAPPED = /^::ffff:([\da-f]+):([\da-f]+)$/;

/** The one spelling of an IPv6 address (RFC 5952), without its zone; an end in the manner of IPv4 is hexadecimal too. */
const canonical = (ip: string): string => new URL(`http://[${ip.split('%', 1)}]`).hostname.slice(1, -1);

/** The first half of an address in its canonical text. */
function subnetOf(address: string): string {
  const [left = [], right = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

/**
 * What counts as one source. An IPv6 subscriber has a whole /64 to take addresses from, so the first half counts;
 * IPv4 addresses count one by one, also where they are written as IPv6.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const address = canonical(ip);
  const pairs = MAPPED.exec(address)
    ?.slice(1)
    .map((group) => Number.parseInt(group, 16));
  return pairs ? pairs.flatMap((pair) => [pair >> 8, pair & 255]).join('.') : subnetOf(address);
}
