/**
 * The AWS SDK is part of Lambda's Node.js runtimes, behind the modules that a function brings itself. So a package of it that
 * is not found beside the code is looked for once more, from here. Which packages are there, the permission model says: what the
 * runtime does not have cannot be read (see `runtime-sdk.ts`). And a function that wants `https` gets one that can answer for
 * custom resources. Between the two are the function's layers. Loaded ahead of the function, and of each of its workers; it does nothing before such a module is asked for.
 */
const { createRequire, registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');
const { hasLayers, resolveInLayers } = require('./layers.cjs');

/** Only the first thread has it: custom resources are answered there. */
let { _LAMBDA_RESPONSE_URL: responseUrl } = process.env;
delete process.env._LAMBDA_RESPONSE_URL;

const here = pathToFileURL(__filename).href;
const isHttps = (specifier) => specifier === 'https' || specifier === 'node:https';
const isSdk = (specifier) => /^@(aws-sdk|smithy)\//.test(specifier);

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (responseUrl && isHttps(specifier)) {
      const url = responseUrl;
      responseUrl = undefined;
      require('./custom-resource-response.cjs').routeResponses(url);
    }
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      const layered = hasLayers && context.parentURL !== here ? resolveInLayers(specifier) : undefined;
      if (layered) {
        return { url: layered, shortCircuit: true };
      }
      const found = isSdk(specifier) && context.parentURL !== here && resolveHere(specifier, context, nextResolve);
      if (!found) {
        // It says where the function looked in vain, as on Lambda.
        throw error;
      }
      return found;
    }
  },
});

function resolveHere(specifier, context, nextResolve) {
  try {
    if (context.conditions.includes('import')) {
      return nextResolve(specifier, { ...context, parentURL: here });
    }
    // For `require`, the next in line asks the module that requires, and not the context.
    return { url: pathToFileURL(createRequire(here).resolve(specifier)).href, shortCircuit: true };
  } catch {
    return undefined;
  }
}
