import { type BuildOptions, build, type Metafile } from 'esbuild';
import { esbuildOptions } from '../../esbuild.options.mjs';

/** What some CommonJS dependencies need to load a module of Node from inside an ES module. */
const REQUIRE = "import{createRequire as $r}from'node:module';const require=$r(import.meta.url);\n";

export interface Bundle {
  readonly code: Buffer;
  /** Which input each byte came from, as esbuild tells it. */
  readonly metafile: Metafile;
}

/** Bundles the module of a Lambda, given its path without extension. @throws what esbuild found wrong */
export async function bundle(root: string, module: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...esbuildOptions,
    absWorkingDir: root,
    entryPoints: [`./${module}`],
    outfile: 'index.mjs',
    ...recorder(),
    metafile: true,
    write: false,
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`Nothing was built of ${module}`);
  const loadsByRequire = Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(({ kind }) => kind === 'require-call'),
  );
  return { code: Buffer.concat([Buffer.from(loadsByRequire ? REQUIRE : ''), output.contents]), metafile };
}

/** In a rehearsal, functions write down what they call: into the file that CAMPUS_RECORD_CALLS names. */
function recorder(): BuildOptions {
  const file = process.env.CAMPUS_RECORD_CALLS;
  if (!file) return {};
  return { inject: ['./deploy/rehearsal/record-calls.ts'], define: { RECORD_CALLS_IN: JSON.stringify(file) } };
}
