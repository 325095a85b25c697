import { CborCodec } from '@smithy/core/cbor';
import { inputOf, membersOf, normalize, outputOf } from '../schema.ts';
import { assertBoundedCbor } from './cbor-bounds.ts';
import type { Protocol } from './protocol.ts';

const codec = new CborCodec();
const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
/** A document: whatever the value is. */
const document = 15;

/** The Smithy RPC v2 CBOR protocol: the operation at the end of the path, everything else in the body. */
export const cbor: Protocol = {
  operation: (model, request) => model.operations.get(request.path.split('/').at(-1) ?? ''),
  decode: async (operation, { body }) => {
    assertBoundedCbor(body);
    return body.length ? codec.createDeserializer().read(inputOf(operation), body) : {};
  },
  encode: (operation, output) => ({
    status: 200,
    headers,
    body: outputOf(operation).isUnitSchema() ? '' : write(outputOf(operation), output ?? {}),
  }),
  fail: ({ schema, name, message, error, status, code, fault }, model) => {
    const members = schema ? membersOf(normalize(schema)).map(([member]) => [member, error[member]]) : [];
    return {
      status,
      headers: {
        ...headers,
        ...(model.queryCompatible && {
          'x-amzn-query-error': `${code};${fault === 'client' ? 'Sender' : 'Receiver'}`,
        }),
      },
      body: write(normalize(document), {
        __type: schema ? `${schema[1]}#${name}` : name,
        message,
        ...Object.fromEntries(members.filter(([, value]) => value !== undefined)),
      }),
    };
  },
};

function write(schema: ReturnType<typeof normalize>, value: unknown): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  return serializer.flush();
}
