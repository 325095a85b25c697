import { asError, logFields } from './runtime-error.mjs';

/** Not imported, which would read all that the module exports; see `runtime-api.mjs`. */
const { format } = process.getBuiltinModule('node:util');

/** The levels of console methods, least first ("Log-level filtering" in the Lambda guide). */
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
/** ASCII record separator: begins a frame, so that a message may have many lines and still be one log event. */
const frame = '\x1e';

/**
 * Where messages go: into stdout, as frames between whatever a function writes there itself. The token is known to this
 * environment and the endpoint alone. stderr is led into stdout too, so that the order of all output is kept.
 */
export function output(token) {
  // A pipe takes what fits and Node queues the rest, which an exit would lose; Lambda's own runtime writes at once.
  process.stdout._handle?.setBlocking?.(true);
  const write = process.stdout.write.bind(process.stdout);
  process.stderr.write = (...args) => process.stdout.write(...args);
  return {
    message: (text) => write(`${frame}${token} log ${Buffer.byteLength(text)}\n${text}\n`),
    /** Marks the end of an invocation's output; resolves when it is written. */
    end: (requestId) =>
      new Promise((resolve) => write(`${frame}${token} end ${requestId} ${process.memoryUsage.rss()}\n`, resolve)),
  };
}

/** Makes the console write as Lambda's does, in Text or JSON format. Returns how the runtime itself logs an error. */
export function patchConsole(out, { json, level, requestId }) {
  const least = Math.max(0, levels.indexOf(level));
  const line = json ? jsonLine : textLine;
  const log = (name, parameters) => {
    if (levels.indexOf(name) >= least) {
      out.message(line(name, requestId(), parameters));
    }
  };
  console.trace = (...parameters) => log('TRACE', parameters);
  console.debug = (...parameters) => log('DEBUG', parameters);
  console.info = (...parameters) => log('INFO', parameters);
  console.log = console.info;
  console.warn = (...parameters) => log('WARN', parameters);
  console.error = (...parameters) => log('ERROR', parameters);
  console.fatal = (...parameters) => log('FATAL', parameters);
  return {
    error: (title, error) => log('ERROR', json ? [asError(error)] : [title, `\t${JSON.stringify(logFields(error))}`]),
  };
}

const textLine = (level, requestId, parameters) =>
  `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...parameters)}`;

function jsonLine(level, requestId, parameters) {
  const record = { timestamp: new Date().toISOString(), level, requestId };
  if (parameters.length <= 1) {
    try {
      return JSON.stringify({ ...record, message: parameters[0] }, (_key, value) =>
        value instanceof Error ? { ...describeError(value), ...value } : value,
      );
    } catch {
      return JSON.stringify({ ...record, message: format(parameters[0]) });
    }
  }
  const error = parameters.slice(1).find((parameter) => parameter instanceof Error);
  return JSON.stringify({ ...record, message: format(...parameters), ...(error && describeError(error)) });
}

const describeError = (error) => ({
  errorType: error.constructor?.name ?? 'UnknownError',
  errorMessage: error.message,
  stackTrace: String(error.stack ?? '').split('\n'),
});
