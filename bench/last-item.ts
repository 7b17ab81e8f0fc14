import { startEngines, stopEngines } from '../tests/support/engines.ts';

const ROUNDS = 100;
const BUYERS = 50;

/** Fifty buyers on the last item, a hundred times over, on the embedded engine. Fails unless one wins each time. */
async function run(): Promise<string> {
  const { openShop, shop, tally, times } = await import('../tests/support/shop.ts');
  const { student } = await import('../tests/support/call.ts');
  const { accounts } = await openShop();
  const started = performance.now();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const product = await shop.product({ stock: 1 });
    const counts = tally(await times(BUYERS, (i) => shop.buy(product, student(`buyer-${i}`))));
    const left = await shop.stockOf(product);
    if (counts['201'] !== 1 || counts['409 out_of_stock'] !== BUYERS - 1 || left !== 0)
      throw new Error(`round ${round}: ${JSON.stringify(counts)}, ${left} left`);
  }
  const seconds = (performance.now() - started) / 1000;
  await accounts.stop();
  return `last item: ${ROUNDS} rounds of ${BUYERS} buyers, one winner each, ${seconds.toFixed(1)} s`;
}

await startEngines();
try {
  process.stdout.write(`${await run()}\n`);
} finally {
  await stopEngines();
}
