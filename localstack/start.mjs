// Plain JavaScript on purpose: the line below must reach whoever runs this on a Node that cannot read TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Campus runs on Node 24, this is Node ${process.versions.node}: use "npm start" after "npm ci", which bring their own.\n`,
  );
  process.exit(1);
}
if (process.argv.includes('--watch')) {
  const { watch } = await import('./watch.ts');
  await watch();
} else {
  const { start } = await import('./start.ts');
  await start();
}
