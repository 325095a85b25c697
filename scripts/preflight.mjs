// Loaded before every script, in plain JavaScript, because an older Node could not read a TypeScript file to say so.
import { existsSync } from 'node:fs';
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);
const installed = existsSync(new URL('../node_modules/.package-lock.json', import.meta.url));

if (!installed) stop('The dependencies are not installed. Run: npm ci');
if (!runsTypeScript) {
  stop(
    `Node 22.18 or newer is needed, and this is ${process.version}. The project brings Node 24 as the npm package "node", ` +
      'which could not be installed here, or this command was not started by npm. Use "npm run ...", or install Node 24.',
  );
}

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exit(1);
}
