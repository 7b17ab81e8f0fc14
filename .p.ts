import { workbooks } from './tests/files/workbooks.ts';
console.time('make'); const w = await workbooks(); console.timeEnd('make');
import { readRows } from './functions/registration/imports/read-rows.ts';
for (const f of w) { const t=performance.now(); await readRows(f.bytes).catch(()=>{}); const d=performance.now()-t; if (d>100) console.log(f.name, Math.round(d)); }
import { textFiles } from './tests/files/text-files.ts';
for (const f of textFiles) { const t=performance.now(); await readRows(f.bytes).catch(()=>{}); const d=performance.now()-t; if (d>100) console.log(f.name, Math.round(d)); }
