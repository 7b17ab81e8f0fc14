// After `npm ci`: one sentence for whoever runs npm on a Node older than the one that package.json asks for.
const OLDEST = [20, 19];
const [, version = process.versions.node] = /\bnode\/v([\d.]+)/.exec(process.env.npm_config_user_agent ?? '') ?? [];
const [major = 0, minor = 0] = version.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Your npm runs on Node ${version}, and Campus is tried from Node ${OLDEST.join('.')} on: it brings a Node 24 of its own, so "npm start" may work all the same; install Node 24 (https://nodejs.org) when it does not.\n`,
  );
}
