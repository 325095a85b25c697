/**
 * Layers are in `/opt` on Lambda, and in directories of their own here. A module that is not found beside the code is looked for in
 * `nodejs/node_modules` of each, the last layer first, as NODE_PATH has it there; and a path below `/opt` is one below them.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

/** The last layer wins, as it is unpacked over the others. */
const layers = JSON.parse(process.env._LAMBDA_LAYERS ?? '[]').reverse();

const [, runtime = ''] = /nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '') ?? [];
const isBare = (specifier) => !/^(\.|\/|[a-z]+:)/.test(specifier);

/** While a layer is looked through: what is not there must not be looked for in the layers once more. */
let isLooking = false;

/** The URL of a module in a layer; undefined where there is none. */
function resolveInLayers(specifier) {
  if (isLooking) {
    return undefined;
  }
  isLooking = true;
  try {
    return firstOf(specifier);
  } finally {
    isLooking = false;
  }
}

function firstOf(specifier) {
  for (const layer of layers) {
    for (const from of placesIn(layer, specifier)) {
      try {
        return pathToFileURL(createRequire(from.base).resolve(from.specifier)).href;
      } catch {
        // The next layer may have it.
      }
    }
  }
  return undefined;
}

function placesIn(layer, specifier) {
  if (isBare(specifier)) {
    return [join('nodejs', `node${runtime}`), 'nodejs'].map((folder) => ({
      base: join(layer, folder, 'layer.js'),
      specifier,
    }));
  }
  const path = specifier.replace(/^file:\/\//, '');
  return path.startsWith('/opt/')
    ? [{ base: join(layer, 'layer.js'), specifier: join(layer, path.slice('/opt/'.length)) }]
    : [];
}

module.exports = { hasLayers: layers.length > 0, resolveInLayers };
