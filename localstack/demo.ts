import { globSync } from 'node:fs';
import { moduleUrl, projectRoot } from '../project/root.ts';

interface Demo {
  loadDemo(): Promise<void>;
}

/** Loads the demo data of every context. Safe to repeat: what is there already stays as it is. */
export async function loadDemo(): Promise<void> {
  const files = globSync('functions/*/demo.ts', { cwd: projectRoot });
  await Promise.all(
    files.map(async (file) => {
      const demo = (await import(moduleUrl(file))) as Demo;
      await demo.loadDemo();
    }),
  );
}
