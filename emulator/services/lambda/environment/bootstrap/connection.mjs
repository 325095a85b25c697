/** Not imported: an `import` reads all that the module exports; see `runtime-api.mjs`. */
const { connect } = process.getBuiltinModule('node:net');
const { Buffer } = process.getBuiltinModule('node:buffer');
/** A function may put something else in its place, as it may in that of `Buffer`. */
const { nextTick } = process;

const newline = '\r\n';
const endOfHead = '\r\n\r\n';

/**
 * One connection to the Runtime API, which says nothing but a status, headers and a body of a known length. Lambda's own
 * runtime has a client of its own for it too: with the one of Node.js, an empty function takes twice the CPU. It keeps the
 * process alive only while an answer is outstanding, and what was lost is made again when it is needed.
 */
export class Connection {
  #host;
  /** Undefined once it is lost. */
  #socket;
  /** What answers the requests that are outstanding, first come first. */
  #outstanding = [];
  /** What came and is not yet an answer, in the pieces in which it came. */
  #received = [];
  #bytes = 0;
  /** How many bytes the next whole answer needs, as far as that is known. */
  #expected = 0;

  /** @param {string} host `HOST:PORT` */
  constructor(host) {
    this.#host = host;
    // Before there is anything to ask: it is there when the handler is loaded.
    this.#socket = this.#connect();
  }

  /**
   * Sends a request. Several that are sent at once are one write, and answered in their order.
   *
   * @param {string} method
   * @param {string} path
   * @param {string} [body] JSON
   * @returns {Promise<{ headers: Record<string, string>, body: string }>}
   */
  exchange(method, path, body) {
    const content =
      body === undefined
        ? ''
        : `Content-Type: application/json${newline}Content-Length: ${Buffer.byteLength(body)}${newline}`;
    this.#socket ??= this.#connect();
    const socket = this.#socket;
    socket.cork();
    socket.write(`${method} ${path} HTTP/1.1${newline}Host: ${this.#host}${newline}${content}${newline}${body ?? ''}`);
    nextTick(() => socket.uncork());
    socket.ref();
    return new Promise((resolve, reject) => this.#outstanding.push({ resolve, reject }));
  }

  #connect() {
    const { hostname, port } = new URL(`http://${this.#host}`);
    const socket = connect({ host: hostname, port, noDelay: true });
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#lost(socket, error));
    socket.on('close', () => this.#lost(socket, new Error('The Runtime API closed the connection.')));
    return socket;
  }

  #receive(chunk) {
    this.#received.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#expected) {
      return;
    }
    let rest = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    for (let answer = this.#read(rest); answer; answer = this.#read(rest)) {
      this.#outstanding.shift()?.resolve(answer);
      rest = rest.subarray(answer.end);
    }
    this.#received = [rest];
    this.#bytes = rest.length;
    if (this.#outstanding.length === 0) {
      this.#socket?.unref();
    }
  }

  /** The answer that begins with these bytes, and where it ends; undefined where it is not whole. */
  #read(bytes) {
    this.#expected = 0;
    const head = bytes.indexOf(endOfHead);
    if (head === -1) {
      return undefined;
    }
    const headers = headersIn(bytes.toString('latin1', 0, head));
    const start = head + endOfHead.length;
    const end = start + Number(headers['content-length'] ?? 0);
    if (bytes.length < end) {
      this.#expected = end;
      return undefined;
    }
    return { headers, body: bytes.toString('utf8', start, end), end };
  }

  #lost(socket, error) {
    if (this.#socket !== socket) {
      return;
    }
    this.#socket = undefined;
    this.#received = [];
    this.#bytes = 0;
    this.#expected = 0;
    for (const { reject } of this.#outstanding.splice(0)) {
      reject(error);
    }
  }
}

/** By their names in lower case. */
function headersIn(head) {
  const headers = {};
  for (const line of head.split(newline).slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}
