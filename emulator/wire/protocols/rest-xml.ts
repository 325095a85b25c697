import { XmlShapeDeserializer, XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { WireRequest } from '../http.ts';
import { AwsError, type DetailedError } from '../operation.ts';
import { decodeLabel, type Match, matchRoute } from '../route.ts';
import { inputOf, membersOf, normalize, structure } from '../schema.ts';
import type { ServiceModel } from '../service.ts';
import type { BodyCodec } from './body-codec.ts';
import type { Protocol } from './protocol.ts';
import { readBound, writeOutput } from './rest.ts';
import { isBoundedXml, maxXmlBytes } from './xml-bounds.ts';
import { wellFormed } from './xml-text.ts';

const settings = { timestampFormat: { useTrait: true, default: 5 as const }, httpBindings: true, serviceNamespace: '' };
const string = 0;

function bodyCodec(xmlNamespace: string): BodyCodec {
  return {
    contentType: 'application/xml',
    read: async (schema, bytes) => {
      assertBounded(bytes);
      return new XmlShapeDeserializer({ ...settings, xmlNamespace }).read(schema, bytes);
    },
    write: (schema, value) => {
      const serializer = new XmlShapeSerializer({ ...settings, xmlNamespace });
      serializer.write(schema, value);
      return `<?xml version="1.0" encoding="UTF-8"?>\n${wellFormed(String(serializer.flush()))}`;
    },
  };
}

/** The codes are those of "List of error codes" of the Amazon S3 API Reference. */
function assertBounded(bytes: Uint8Array): void {
  if (bytes.length > maxXmlBytes) {
    throw new AwsError('MaxMessageLengthExceeded', 'Your request was too big.');
  }
  if (isBoundedXml(Buffer.from(bytes).toString())) {
    return;
  }
  throw new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

/** The REST-XML protocol as S3 speaks it: `/BUCKET/KEY`, the operation in method and query, bodies XML or bytes. */
export const restXml: Protocol = {
  operation: (model, request) => matchBucketRoute(model, request)?.route.operation,
  decode: async (operation, request, model) => {
    const match = matchBucketRoute(model, request);
    return match ? readBound(operation, request, match, bodyCodec(model.xmlNamespace)) : {};
  },
  encode: (operation, output, model) => {
    const status = model.routes.find((route) => route.operation === operation)?.status ?? 200;
    const answer = writeOutput(operation, output, status, bodyCodec(model.xmlNamespace));
    // Part of an object is known by its range (RFC 9110, 15.3.7); the model knows one status an operation.
    return 'content-range' in answer.headers ? { ...answer, status: 206 } : answer;
  },
  fail: ({ status, code, message, error }, _model, requestId) => {
    const { elements = {}, headers = {} } = error as Partial<DetailedError>;
    const value = { Code: code, Message: message, ...elements, RequestId: requestId };
    const schema = structure(
      'Error',
      Object.keys(value).map((name) => [name, string]),
    );
    return {
      status,
      headers: { 'content-type': 'application/xml', ...headers },
      body: bodyCodec('').write(normalize(schema), value),
    };
  },
};

/** Matches with the bucket taken off the path, where the SDK's endpoint rules put it and the model does not. */
function matchBucketRoute(model: ServiceModel, request: WireRequest): Match | undefined {
  const [, bucket = '', key = ''] = /^\/([^/]*)(\/.*)?$/.exec(request.path) ?? [];
  const ofBucket = model.routes.filter((route) => needsBucket(route) === (bucket !== ''));
  const match = matchRoute(ofBucket, request, key || '/');
  return match && { route: match.route, labels: new Map([...match.labels, ['Bucket', decodeLabel(bucket)]]) };
}

function needsBucket(route: Match['route']): boolean {
  const input = inputOf(route.operation);
  return input.isStructSchema() && membersOf(input).some(([name, member]) => name === 'Bucket' && member !== undefined);
}
