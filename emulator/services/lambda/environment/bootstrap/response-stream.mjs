import { Writable } from 'node:stream';
import { asError } from './runtime-error.mjs';

/** How a function marks a handler that writes its response by and by; Lambda's own runtime knows it by the same symbol. */
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
/** What a response is that brings a status, headers and cookies along. */
const integrationType = 'application/vnd.awslambda.http-integration-response';
/** Ends the prelude of such a response. */
const preludeEnd = Buffer.alloc(8);

export const isStreaming = (handler) => handler[streaming] !== undefined;

/** What is there for functions that stream ("Response streaming for Lambda functions"). */
export function provideStreaming() {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [streaming]: 'response' }),
    HttpResponseStream: {
      from: (stream, prelude) => {
        stream.setContentType(integrationType);
        stream._onBeforeFirstWrite = (write) => {
          write(JSON.stringify(prelude));
          write(preludeEnd);
        };
        return stream;
      },
    },
  };
}

/** What a handler writes its response into: a request to the Runtime API, that begins with the first write. */
export class ResponseStream extends Writable {
  #open;
  #request;
  #contentType;

  /** @param open begins the response of an invocation, given its type */
  constructor(open) {
    super();
    this.#open = open;
  }

  setContentType(contentType) {
    if (this.#request) {
      throw new Error('Cannot set content-type, too late.');
    }
    this.#contentType = contentType;
  }

  /** Whether something was sent: what goes wrong after that can only be told at the end. */
  get begun() {
    return this.#request !== undefined;
  }

  write(chunk, ...more) {
    const isBytes = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(isBytes ? chunk : JSON.stringify(chunk), ...more);
  }

  _write(chunk, _encoding, callback) {
    this.#begin().write(chunk, callback);
  }

  _final(callback) {
    this.#begin().end();
    this.#request.answered.then(() => callback(), callback);
  }

  /** Ends what was begun, and says at its end that it is not whole. Resolves when that is known. */
  async fail(error, body) {
    const request = this.#begin();
    request.addTrailers({
      'Lambda-Runtime-Function-Error-Type': asError(error).name,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(body).toString('base64'),
    });
    request.end();
    await request.answered;
    this.destroy();
  }

  #begin() {
    if (!this.#request) {
      this.#request = this.#open(this.#contentType);
      this._onBeforeFirstWrite?.((chunk) => this.#request.write(chunk));
    }
    return this.#request;
  }
}
