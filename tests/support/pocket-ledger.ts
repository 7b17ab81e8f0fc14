/** What a ledger was told, by nothing but its lines as they are stored. */
export interface Line {
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
  readonly at: string;
  readonly label?: string;
  readonly instalments?: readonly { readonly amount: number; readonly due_on: string }[];
  readonly fee_id?: string;
  readonly settles?: number;
  readonly payment_id?: string;
  readonly receipt?: string;
}

/** One unit of money that is to be paid, and the day on which it is due. */
interface Unit {
  readonly day: string;
  readonly fee: string;
  open: boolean;
}

/**
 * A ledger kept as a child would keep it, a pebble for each unit of money: it knows nothing of how Campus keeps its books,
 * and is slow. For amounts of some hundred units.
 */
export class PocketLedger {
  readonly #pebbles: Unit[] = [];
  readonly #paid = new Map<string, number>();
  readonly #reversed = new Set<string>();
  readonly #waived = new Map<string, number>();
  #forgiven = 0;
  /** What could not be: a payment reversed twice, more waived than was charged. */
  readonly faults: string[] = [];

  constructor(lines: readonly Line[]) {
    const fees = lines.filter(({ kind }) => kind === 'fee');
    for (const line of lines) this.#note(line);
    for (const fee of fees) this.#lay(fee, this.#waived.get(fee.id) ?? 0);
    this.#pebbles.sort((a, b) => a.day.localeCompare(b.day));
    let coins = this.#forgiven + this.#standing();
    for (const pebble of this.#pebbles) {
      pebble.open = coins <= 0;
      coins -= 1;
    }
    this.credit = Math.max(0, coins);
    const names = fees.flatMap(({ label }) => (label ? [label] : []));
    if (new Set(names).size < names.length) this.faults.push('a fee stands twice');
    const charged = fees.reduce((all, { amount }) => all + amount, 0);
    const waived = this.#forgiven + [...this.#waived.values()].reduce((all, one) => all + one, 0);
    if (waived > charged) this.faults.push(`${waived} waived of ${charged}`);
  }

  /** What was paid beyond all that is to be paid. */
  readonly credit: number;

  /** What is open by a day. */
  open(by = '9999-12-31'): number {
    return this.#pebbles.filter(({ open, day }) => open && day <= by).length;
  }

  /** What is open of a fee, day by day. */
  openOf(fee: string): Record<string, number> {
    const open: Record<string, number> = {};
    for (const pebble of this.#pebbles)
      if (pebble.fee === fee && pebble.open) open[pebble.day] = (open[pebble.day] ?? 0) + 1;
    return open;
  }

  get balance(): number {
    return this.open() - this.credit;
  }

  #standing(): number {
    return [...this.#paid].reduce((all, [id, amount]) => all + (this.#reversed.has(id) ? 0 : amount), 0);
  }

  #note({ id, kind, amount, settles = 0, payment_id = '', fee_id }: Line): void {
    if (kind === 'payment') this.#paid.set(id, settles);
    if (kind === 'waiver' && fee_id) this.#waived.set(fee_id, (this.#waived.get(fee_id) ?? 0) + amount);
    if (kind === 'waiver' && !fee_id) this.#forgiven += amount;
    if (kind !== 'reversal') return;
    if (this.#reversed.has(payment_id)) this.faults.push('a payment is reversed twice');
    this.#reversed.add(payment_id);
  }

  // Of the first n units of a fee, the share that is waived is taken away: unit by unit, whenever half of one is due.
  #lay({ id, amount, at, instalments = [{ amount, due_on: at.slice(0, 10) }] }: Line, waived: number): void {
    if (waived > amount) this.faults.push(`${waived} waived of a fee of ${amount}`);
    let laid = 0;
    let passed = 0;
    for (const one of instalments) {
      passed += one.amount;
      const stay = passed - Math.floor((passed * waived) / amount + 0.5);
      for (; laid < stay; laid += 1) this.#pebbles.push({ day: one.due_on, fee: id, open: true });
    }
  }
}
