import { Agent, request as httpRequest } from 'node:http';
import { XmlShapeDeserializer } from '@aws-sdk/core/protocols';
import { cbor } from '@smithy/core/cbor';
import { wellFormed } from '../wire/protocols/xml-text.ts';
import { structure } from '../wire/schema.ts';
import type { EncodedRequest } from './encoding.fixture.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** No answer of the fuzzed operations takes longer: none of them waits for more than a held DescribeStacks does. */
const patienceMs = 15_000;

export type FuzzClient = ReturnType<typeof fuzzClient>;

/** Sends requests as they are, signed by a key that the endpoint does not know: it takes the scope for what it says. */
export function fuzzClient(endpoint: string) {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  return {
    send: (service: string, { method, path, headers, body }: EncodedRequest): Promise<FuzzAnswer> =>
      new Promise((resolve, reject) => {
        const length = String(Buffer.byteLength(body));
        const outgoing = httpRequest(
          {
            hostname,
            port,
            agent,
            method,
            path,
            timeout: patienceMs,
            headers: { ...headers, ...signed(service), 'content-length': length },
          },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.once('error', reject);
            incoming.once('end', () =>
              resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
            );
          },
        );
        outgoing.once('timeout', () => outgoing.destroy(new Error(`No answer in ${patienceMs} ms.`)));
        outgoing.once('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function signed(service: string): Record<string, string> {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${now.slice(0, 8)}/eu-west-1/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=fuzz/${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    'x-amz-date': now,
  };
}

const anything = structure('Anything', []);

/** Fails where a body is not what its content type says. Bytes that a caller stored come back as they are. */
export function assertReadable({ headers, body }: FuzzAnswer): void {
  const type = String(headers['content-type'] ?? '');
  if (body.length === 0 || headers['accept-ranges'] !== undefined) {
    return;
  }
  if (type.includes('json')) {
    JSON.parse(body.toString());
  } else if (type.includes('cbor')) {
    cbor.deserialize(body);
  } else if (type.includes('xml')) {
    assertXml(body);
  }
}

function assertXml(body: Buffer): void {
  const text = body.toString();
  if (wellFormed(text) !== text) {
    throw new Error('The answer has characters that XML does not have.');
  }
  new XmlShapeDeserializer(xmlSettings).read(anything, body);
}

const xmlSettings = {
  timestampFormat: { useTrait: true, default: 5 as const },
  httpBindings: false,
  xmlNamespace: '',
  serviceNamespace: '',
};
