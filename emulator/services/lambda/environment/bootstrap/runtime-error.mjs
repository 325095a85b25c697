import { explainDenial } from './file-access.mjs';

/** An error of the runtime's own, by the name under which Lambda reports it. */
export class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

export class UnhandledPromiseRejection extends RuntimeError {
  constructor(reason) {
    super('UnhandledPromiseRejection', String(reason));
    this.reason = reason;
  }
}

/** The event loop ran empty while the handler had yet to answer. */
export class NodeJsExit extends RuntimeError {
  constructor() {
    super(
      'NodeJsExit',
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
    );
  }
}

export const asError = (thrown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** What the Runtime API gets, and with it the caller. */
export function errorBody(thrown) {
  if (!(thrown instanceof Error)) {
    return JSON.stringify({ errorType: typeof thrown, errorMessage: String(thrown), trace: [] });
  }
  const { name, message, stack } = explainDenial(thrown);
  return JSON.stringify({ errorType: name, errorMessage: message, trace: String(stack ?? '').split('\n') });
}

/** What the log says of an error: its own members too. */
export function logFields(thrown) {
  const error = asError(thrown);
  const fields = { errorType: error.name, errorMessage: error.message, code: error.code, ...error };
  return serialisable({ ...fields, stack: String(error.stack ?? '').split('\n') }) ?? JSON.parse(errorBody(error));
}

function serialisable(fields) {
  try {
    JSON.stringify(fields);
    return fields;
  } catch {
    return undefined;
  }
}
