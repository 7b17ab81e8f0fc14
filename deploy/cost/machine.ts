import { bill, calling, total, type Usage } from './bill.ts';

const HOURS = (365 / 12) * 24;
const MILLION = 1_000_000;

/** A machine that is always on, with an address and a disk of its own. */
export interface Machine {
  readonly what: string;
  /** Dollars an hour. */
  readonly hour: number;
}

/**
 * The cheapest of AWS's list (aws.amazon.com/ec2/pricing/on-demand, us-east-1, late 2026). The first has half a gigabyte,
 * which does not hold Campus; the second has one, which does.
 */
export const MACHINES: readonly Machine[] = [
  { what: 't4g.nano', hour: 0.0042 },
  { what: 't4g.micro', hour: 0.0084 },
];

/** An address that the world reaches, an hour (aws.amazon.com/vpc/pricing, late 2026). */
const ADDRESS_HOUR = 0.005;
/** A gigabyte of gp3, a month (aws.amazon.com/ebs/pricing, late 2026), and the least that a system needs. */
const [DISK_GIGABYTE, DISK] = [0.08, 8];

/** Dollars a month for a machine, whether or not somebody calls. */
export const monthly = ({ hour }: Machine): number => HOURS * (hour + ADDRESS_HOUR) + DISK_GIGABYTE * DISK;

/** What calls use that a machine would do by itself; what DynamoDB, the log and the traces take, they take there too. */
export function spared(calls: number): Usage {
  const { calls: gateway = 0, invocations = 0, compute = 0 } = calling(calls);
  return { calls: gateway, invocations, compute };
}

/** Dollars by the list that a million calls would not cost on a machine. */
export const sparedByAMillion = (): number => total(bill(spared(MILLION)), 'list');

/** From how many calls a month a machine is cheaper. */
export const breakEven = (machine: Machine): number => (MILLION * monthly(machine)) / sparedByAMillion();
