import type { StaticOperationSchema } from '@smithy/types';
import type { Failure } from '../failure.ts';
import type { RequestHead, WireAnswer, WireRequest } from '../http.ts';
import type { ServiceModel } from '../service.ts';
import { cbor } from './cbor.ts';
import { jsonRpc } from './json-rpc.ts';
import { query } from './query.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';

/** An AWS protocol, seen from the server. */
export interface Protocol {
  /** The operation that a request asks for, or undefined where the service has none such. */
  operation(model: ServiceModel, request: WireRequest): StaticOperationSchema | undefined;
  decode(operation: StaticOperationSchema, request: WireRequest, model: ServiceModel): Promise<unknown>;
  encode(operation: StaticOperationSchema, output: unknown, model: ServiceModel, requestId: string): WireAnswer;
  fail(failure: Failure, model: ServiceModel, requestId: string): WireAnswer;
}

/** The protocol that a request speaks; clients of different ages speak to one service in different ones. */
export function protocolOf(request: RequestHead, model: ServiceModel): Protocol {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') {
    return cbor;
  }
  const contentType = request.headers['content-type'] ?? '';
  if (request.headers['x-amz-target']) {
    return contentType.endsWith('1.0') ? jsonRpc10 : jsonRpc11;
  }
  if (model.bucketInPath) {
    return restXml;
  }
  if (contentType.startsWith('application/x-www-form-urlencoded') || request.query.has('Action')) {
    return query;
  }
  return restJson;
}

const jsonRpc10 = jsonRpc('1.0');
const jsonRpc11 = jsonRpc('1.1');
