/**
 * The function's files are its own (see `permission-model.ts`). Node then says of every other file that access is denied; on
 * Lambda most are not even there.
 */
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';

/** Not imported, which would read all that the module exports; see `runtime-api.mjs`. */
const fs = process.getBuiltinModule('node:fs');

const isDenied = (error) => error?.code === 'ERR_ACCESS_DENIED' && /^FileSystem/.test(error.permission ?? '');

/** `existsSync` never throws, whatever it is asked; under the permission model of Node it does. */
export function restoreExistsSync() {
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch (error) {
      if (isDenied(error)) {
        return false;
      }
      throw error;
    }
  };
  syncBuiltinESMExports();
}

/** Says of an uncaught error what the function may do instead: Node's own message names options of Node. */
export function explainDenial(error) {
  if (!isDenied(error)) {
    return error;
  }
  const before = error.message;
  error.message =
    error.permission === 'FileSystemWrite'
      ? `A function may write to os.tmpdir() alone, and not to ${error.resource}. It is /tmp on AWS and ${tmpdir()} here.`
      : `A function may read its own code and os.tmpdir() alone, and not ${error.resource}.`;
  error.stack = String(error.stack).replace(before, () => error.message);
  return error;
}
