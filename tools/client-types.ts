import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../project/root.ts';

// openapi-typescript prints its types with TypeScript's JavaScript API, which TypeScript 7 no longer has. The copy of
// TypeScript 5 that @ts-morph/common carries stands in; a second `typescript` package would also replace `tsc`.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? '@ts-morph/common/dist/typescript.js' : specifier, context),
});

const HEADER = '// Made from openapi.json by `npm run openapi`: change the operations, not this file.\n';

/** A field that has a default need not be sent; of an answer the description says itself that it is always there. */
const OPTIONS = { defaultNonNullable: false };

/** What `clients/api.ts` is to contain. */
async function clientTypesText(): Promise<string> {
  const { astToString, default: openapiTS } = await import('openapi-typescript');
  const document = readFileSync(join(projectRoot, 'openapi.json'), 'utf8');
  return HEADER + astToString(await openapiTS(document, OPTIONS));
}

if (import.meta.main) {
  const text = await clientTypesText();
  if (process.argv.includes('--print')) process.stdout.write(text);
  else writeFileSync(join(projectRoot, 'clients/api.ts'), text);
}
