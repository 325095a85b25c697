import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStreaming } from './response-stream.mjs';
import { RuntimeError } from './runtime-error.mjs';

/** Not imported, which would read all that the module exports; see `runtime-api.mjs`. */
const fs = process.getBuiltinModule('node:fs');

/** Node 24 is the first runtime without callback handlers; the older ones still call them back. */
const hasCallbacks = /nodejs(16|18|20|22)\.x$/.test(process.env.AWS_EXECUTION_ENV);

/** Loads `FOLDER/FILE.EXPORT` from the function's code, an ES module or CommonJS. */
export async function loadHandler(taskRoot, name) {
  const [, file, exported] = /^((?:.*\/)?[^./]*)\.(.*)$/.exec(name) ?? [];
  if (!exported || name.includes('..')) {
    throw new RuntimeError('MalformedHandlerName', `Bad handler: ${name}`);
  }
  const module = await importModule(taskRoot, file);
  const found = find(module, exported) ?? find(module.default, exported);
  if (!found) {
    throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new RuntimeError('HandlerNotFound', `${name} is not a function`);
  }
  if (found.length >= 3 && !hasCallbacks && !isStreaming(found)) {
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return found;
}

const find = (from, path) => path.split('.').reduce((at, key) => at?.[key], from);

async function importModule(taskRoot, file) {
  const path = ['', '.js', '.mjs', '.cjs']
    .map((extension) => join(taskRoot, file) + extension)
    .find((candidate) => fs.existsSync(candidate));
  try {
    // A missing file is looked up once more, for the error that names it as Node's own would.
    return path ? await import(pathToFileURL(path)) : createRequire(join(taskRoot, 'index.js'))(join(taskRoot, file));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw Object.assign(new RuntimeError('UserCodeSyntaxError', String(error)), { stack: error.stack });
    }
    if (/MODULE_NOT_FOUND$/.test(error?.code)) {
      throw new RuntimeError('ImportModuleError', String(error));
    }
    throw error;
  }
}

/** The result of a handler, whichever way it hands it over. */
export function callHandler(handler, event, context) {
  if (handler.length < 3 || !hasCallbacks) {
    return handler(event, context);
  }
  context.callbackWaitsForEmptyEventLoop = true;
  return new Promise((resolve, reject) => {
    const callback = (error, result) => {
      const settle = () => (error ? reject(error) : resolve(result));
      if (context.callbackWaitsForEmptyEventLoop) {
        process.prependOnceListener('beforeExit', () => settle());
      } else {
        settle();
      }
    };
    const returned = handler(event, context, callback);
    if (typeof returned?.then === 'function') {
      returned.then(resolve, reject);
    }
  });
}
