import { Connection } from './connection.mjs';

/** The runtime's side of the Runtime API, over one connection that stays open. */
export class RuntimeApi {
  #host;
  #path;
  #connection;

  /** @param {string} address `HOST:PORT`, here followed by the path of this environment */
  constructor(address) {
    const { host, pathname } = new URL(`http://${address}`);
    this.#host = host;
    this.#path = `${pathname}/2018-06-01/runtime`;
    this.#connection = new Connection(host);
  }

  async next() {
    const { headers, body } = await this.#call('GET', '/invocation/next');
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    const clientContext = headers['lambda-runtime-client-context'];
    const context = {
      clientContext: clientContext && JSON.parse(clientContext),
      identity: undefined,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      awsRequestId: headers['lambda-runtime-aws-request-id'],
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    return { context, event: JSON.parse(body) };
  }

  invocationResponse(requestId, body) {
    return this.#call('POST', `/invocation/${requestId}/response`, body);
  }

  /** Begins a response that is written by and by. What it returns is a request, and `answered` when the endpoint has all of it. */
  beginResponse(requestId, contentType = 'application/octet-stream') {
    const headers = {
      'content-type': contentType,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'transfer-encoding': 'chunked',
      trailer: ['Lambda-Runtime-Function-Error-Type', 'Lambda-Runtime-Function-Error-Body'],
    };
    // Not imported, and not before it is needed: Node.js loads a second HTTP client when all that the module exports is read.
    const { request } = process.getBuiltinModule('node:http');
    const url = `http://${this.#host}${this.#path}/invocation/${requestId}/response`;
    const started = request(url, { method: 'POST', headers });
    started.answered = new Promise((resolve, reject) => {
      started.on('response', (response) => response.resume().on('end', resolve)).on('error', reject);
    });
    started.answered.catch(() => undefined);
    return started;
  }

  invocationError(requestId, body) {
    return this.#call('POST', `/invocation/${requestId}/error`, body);
  }

  initError(body) {
    return this.#call('POST', '/init/error', body);
  }

  #call(method, path, body) {
    return this.#connection.exchange(method, this.#path + path, body);
  }
}
