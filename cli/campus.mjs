#!/usr/bin/env node
// Plain JavaScript: it runs on every Node that package.json names, and what it loads is built (`npm run cli:build`).
import module from 'node:module';

// What Node compiled is kept where it can be (from Node 22 on): it halves what loading costs.
module.enableCompileCache?.();
try {
  const { main } = await import('./dist/main.js');
  await main(process.argv.slice(2));
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist')) throw error;
  process.stderr.write('The command line is not built here: run "npm ci" (or "npm run cli:build") first.\n');
  process.exitCode = 1;
}
