import { JsonCodec2 } from '@smithy/core/protocols';
import { inputOf, normalize, outputOf } from '../schema.ts';
import { jsonReader } from './json-body.ts';
import type { Protocol } from './protocol.ts';

const settings = { timestampFormat: { useTrait: true, default: 7 as const }, jsonName: false };
const codec = new JsonCodec2(settings);
const readBody = jsonReader(settings);

/** The AWS JSON 1.0 and 1.1 protocols: the operation in `X-Amz-Target`, everything else in the body. */
export const jsonRpc = (version: '1.0' | '1.1'): Protocol => {
  const contentType = `application/x-amz-json-${version}`;
  return {
    operation: (model, request) =>
      model.operations.get(String(request.headers['x-amz-target']).split('.').at(-1) ?? ''),
    decode: async (operation, request) => readBody(inputOf(operation), request.body.toString()),
    encode: (operation, output) => ({
      status: 200,
      headers: { 'content-type': contentType },
      body: outputOf(operation).isUnitSchema() ? '{}' : write(outputOf(operation), output ?? {}),
    }),
    fail: ({ schema, name, message, error, status, code, fault }, model) => ({
      status,
      headers: {
        'content-type': contentType,
        ...(model.queryCompatible && {
          'x-amzn-query-error': `${code};${fault === 'client' ? 'Sender' : 'Receiver'}`,
        }),
      },
      body: JSON.stringify({
        __type: schema ? `${schema[1]}#${name}` : name,
        message,
        ...(schema && JSON.parse(new TextDecoder().decode(write(normalize(schema), error)))),
      }),
    }),
  };
};

function write(schema: ReturnType<typeof normalize>, value: unknown): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  return serializer.flush();
}
