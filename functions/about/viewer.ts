import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

// A deployed function is one module at the root of its package; neither the working folder nor LAMBDA_TASK_ROOT tells
// where that is in every emulator.
const ROOT = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, '../..') : import.meta.dirname;

const SWAGGER_UI = 'node_modules/swagger-ui-dist';

/** What the page loads, and where its file lies in the project and in the deployed package (see context.yml). */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': `${SWAGGER_UI}/swagger-ui.css`,
  'swagger-ui.js': `${SWAGGER_UI}/swagger-ui-bundle.js`,
  'start.js': 'functions/about/viewer/start.js',
};

/**
 * The page around Swagger UI. Its addresses are relative, so that it works under any stage's path: `/docs` asks for
 * `docs/…`, `/dev/docs` for `dev/docs/…`.
 */
export const viewerPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Campus API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<main id="viewer"></main>
<noscript>This page needs JavaScript; <a href="openapi.json">openapi.json</a> says the same.</noscript>
<script src="docs/swagger-ui.js" defer></script>
<script src="docs/start.js" defer></script>
</body>
</html>
`;

/** Only what this origin serves runs or is called; Swagger UI's icons are `data:` images in its style sheet. */
export const viewerPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Asset {
  readonly type: string;
  readonly text: string;
}

const loaded = new Map<string, Promise<Asset>>();

async function load(name: string, file: string): Promise<Asset> {
  const type = name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  return { type, text: await readFile(join(ROOT, file), 'utf8') };
}

/** A file of the viewer, read once; undefined when there is none of this name. */
export async function findAsset(name: string): Promise<Asset | undefined> {
  const file = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
  if (!file) return undefined;
  const asset = loaded.get(name) ?? load(name, file);
  loaded.set(name, asset);
  // What could not be read is tried again by the next request.
  asset.catch(() => loaded.delete(name));
  return asset;
}
