import * as students from '../students/student-store.ts';
import { carryOut } from './carry-out.ts';
import type { Layout } from './columns.ts';
import { type Planned, Planner, type Run } from './plan.ts';
import type { SheetRow } from './sheet.ts';
import { readRow } from './values.ts';

/** How many rows are planned and written at a time. */
export const ROWS_AT_ONCE = 500;

/** An import under way: the same plans, whether they are carried out or not. */
export class ImportRun {
  readonly #layout: Layout;
  readonly #planner: Planner;
  readonly #run: Run;
  readonly #isDry: boolean;
  /** Of a dry run the ids are nobody's. */
  #next = -1_000_000_000;

  constructor(layout: Layout, run: Run, isDry: boolean) {
    this.#layout = layout;
    this.#planner = new Planner(run);
    this.#run = run;
    this.#isDry = isDry;
  }

  /**
   * Imports some rows, or says what that would come to.
   * @returns what became of each
   * @throws busy, or what the table failed with: to be called again, with a run of its own
   */
  async take(rows: readonly SheetRow[]): Promise<Planned[]> {
    const read = rows.map((row) => readRow(this.#layout, row));
    if (this.#isDry) return this.#planner.plan(read, async (count) => this.#nobodys(count));
    const planned = await this.#planner.plan(read, students.reserveIds);
    const done = await carryOut(planned, (one) => this.#again(one));
    this.#planner.forget();
    return done;
  }

  /** Takes rows for imported that an invocation before this one imported. */
  pass(rows: readonly SheetRow[]): void {
    for (const row of rows) this.#planner.pass(readRow(this.#layout, row));
  }

  #nobodys(count: number): number {
    const first = this.#next;
    this.#next += count;
    return first;
  }

  /** A row by itself, by the table as it stands now. */
  async #again({ read }: Planned): Promise<Planned> {
    const [planned] = await new Planner(this.#run).plan([read], students.reserveIds);
    return planned as Planned;
  }
}
