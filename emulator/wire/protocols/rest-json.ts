import { JsonCodec2 } from '@smithy/core/protocols';
import { matchRoute } from '../route.ts';
import { normalize } from '../schema.ts';
import type { BodyCodec } from './body-codec.ts';
import { jsonReader } from './json-body.ts';
import type { Protocol } from './protocol.ts';
import { readBound, writeBound, writeOutput } from './rest.ts';

const settings = { timestampFormat: { useTrait: true, default: 7 as const }, httpBindings: true, jsonName: true };
const codec = new JsonCodec2(settings);
const readBody = jsonReader(settings);

const body: BodyCodec = {
  contentType: 'application/json',
  read: async (schema, bytes) => readBody(schema, Buffer.from(bytes).toString()),
  write: (schema, value) => {
    const serializer = codec.createSerializer();
    serializer.write(schema, value);
    return serializer.flush();
  },
};

/** The REST-JSON protocol: the operation in method and path, the body JSON. */
export const restJson: Protocol = {
  operation: (model, request) => matchRoute(model.routes, request)?.route.operation,
  decode: async (operation, request, model) => {
    const match = matchRoute(model.routes, request);
    return match ? readBound(operation, request, match, body) : {};
  },
  encode: (operation, output, model) => {
    const status = model.routes.find((route) => route.operation === operation)?.status ?? 200;
    return writeOutput(operation, output, status, body);
  },
  fail: ({ schema, name, message, error, status }) => {
    const bound = schema ? writeBound(normalize(schema), error, status, body) : { status, headers: {}, body: '' };
    const members = typeof bound.body === 'string' ? {} : JSON.parse(new TextDecoder().decode(bound.body));
    return {
      status: bound.status,
      headers: { ...bound.headers, 'content-type': body.contentType, 'x-amzn-errortype': name },
      body: JSON.stringify({ message, ...members }),
    };
  },
};
