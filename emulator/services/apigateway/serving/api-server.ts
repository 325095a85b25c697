import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type * as lambda from '@aws-sdk/client-lambda';
import type { AccessKeys } from '../../../wire/authentication/access-keys.ts';
import { LoopbackServer, readBody, type UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import type { Handlers, Region } from '../../../wire/operation.ts';
import type { ApiAddresses } from '../api-addresses.ts';

/** What APIs need of the endpoint around them. */
export interface ApiGatewayDeps {
  readonly accessKeys: AccessKeys;
  readonly addresses: ApiAddresses;
  readonly lambda: Required<Pick<Handlers<typeof lambda>, 'Invoke'>>;
}

export interface ApiServerOptions {
  readonly region: Region;
  readonly addresses: ApiAddresses;
  /** What is answered where something goes wrong. */
  readonly onFault: UrlResponse;
  /** What is answered where a body is larger than an API takes. */
  readonly tooLarge: UrlResponse;
  answer(request: ApiRequest): Promise<UrlResponse>;
}

/** A request with its body, and what is read of its first line. */
export interface ApiRequest {
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string;
}

/** Bytes of a request's body. Source: "Amazon API Gateway quotas": a payload of 10 MB. */
const bodyLimit = 10 * 1024 * 1024;

/** An API on a loopback port of its own, from its creation to its deletion. */
export class ApiServer {
  readonly id: string;
  readonly #server: LoopbackServer;
  readonly #addresses: ApiAddresses;

  private constructor(id: string, server: LoopbackServer, addresses: ApiAddresses) {
    this.id = id;
    this.#server = server;
    this.#addresses = addresses;
  }

  static async open({ addresses, onFault, tooLarge, answer }: ApiServerOptions): Promise<ApiServer> {
    const id = newId();
    const server = await LoopbackServer.open({
      what: `The API ${id}`,
      onFault,
      answer: async (incoming, requestId) => {
        const body = await readBody(incoming, bodyLimit);
        if (!body) {
          return tooLarge;
        }
        const [path = '/', ...search] = (incoming.url ?? '/').split('?');
        const query = new URLSearchParams(search.join('?'));
        return answer({ incoming, body, method: incoming.method ?? 'GET', path, query, requestId });
      },
    });
    addresses.set(id, server.origin);
    return new ApiServer(id, server, addresses);
  }

  get origin(): string {
    return this.#server.origin;
  }

  close(): void {
    this.#addresses.delete(this.id);
    this.#server.close();
  }
}

/** Ten letters and digits, as the IDs of APIs, resources and deployments are. */
export const newId = (length = 10): string =>
  BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString(36)
    .padStart(length, '0')
    .slice(-length);
