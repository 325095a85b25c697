// Loaded before every script, in plain JavaScript, because an older Node could not read a TypeScript file to say so.
import { existsSync } from 'node:fs';
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);
const installed = existsSync(new URL('../node_modules/.package-lock.json', import.meta.url));

if (!installed) stop('The dependencies are not installed. Run: npm ci');
if (!runsTypeScript) {
  stop(
    `Node 22.18 or newer is needed, and this is ${process.version}. Start this command with "npm run ...", which uses the ` +
      "project's own Node 24. Where npm has none for the machine (macOS, Windows on ARM), install Node 24 first.",
  );
}

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exit(1);
}
