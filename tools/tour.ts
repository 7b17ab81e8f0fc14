import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { command } from '../project/command.ts';
import { projectRoot } from '../project/root.ts';
import { startBrowser } from '../tests/support/browsing.ts';

/** What is shown, and who is shown it: accounts of the demo data. */
const SCENES = [
  { name: 'office', username: 'admin', password: 'admin', path: '/portal/students/1/record' },
  { name: 'class', username: 'prof', password: 'prof', path: '/portal/classes/Terminale%20S1' },
  { name: 'family', username: 'parent', password: 'parent', path: '/portal/marks' },
] as const;
type Scene = (typeof SCENES)[number];

const THEMES = ['light', 'dark'] as const;

/** A picture is read beside text: it needs no more, and a clone is not to be heavy. */
const SIZE = { width: 820, height: 540 };
const MOST_BYTES = 60 * 1024;

const folder = join(projectRoot, 'docs/pictures');

async function signIn(page: Page, { username, password }: Scene): Promise<void> {
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.locator('main form button').click();
  await page.locator('form.who').waitFor();
}

/** Takes a scene in one theme. @throws Error where the picture is larger than a README should load */
async function take(browser: Browser, base: string, scene: Scene, colorScheme: (typeof THEMES)[number]): Promise<void> {
  const context = await browser.newContext({ colorScheme, locale: 'en-GB', viewport: SIZE });
  const page = await context.newPage();
  await page.goto(base);
  await signIn(page, scene);
  await page.goto(new URL(scene.path, base).href);
  const picture = await page.screenshot();
  await context.close();
  const file = `${scene.name}-${colorScheme}.png`;
  if (picture.length > MOST_BYTES) throw new Error(`${file} would be ${picture.length} bytes, over ${MOST_BYTES}`);
  writeFileSync(join(folder, file), picture);
  process.stdout.write(`docs/pictures/${file}  ${picture.length} bytes\n`);
}

await command({
  usage: 'npm run tour [-- --url URL]',
  about: `
Signs in to a running Campus with its demo accounts and takes the pictures of the README, in light and dark,
into docs/pictures. The browser is the one that CHROMIUM names, or Debian's.`,
  options: { url: { type: 'string', default: 'http://localhost:3000', value: 'URL', help: 'where it runs' } },
  failure: 'No pictures taken',
  words: [0, 0],
  async run({ url }) {
    mkdirSync(folder, { recursive: true });
    const browser = await startBrowser();
    try {
      for (const scene of SCENES) for (const theme of THEMES) await take(browser, url, scene, theme);
    } finally {
      await browser.close();
    }
  },
});
