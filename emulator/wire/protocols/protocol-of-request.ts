import type { RequestHead } from '../http.ts';
import type { ServiceModel } from '../service.ts';
import { cbor } from './cbor.ts';
import { ec2Query } from './ec2-query.ts';
import { jsonRpc } from './json-rpc.ts';
import type { Protocol } from './protocol.ts';
import { query } from './query.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';

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
  if (model.signingName === 'ec2') {
    return ec2Query;
  }
  if (restXmlServices.has(model.signingName)) {
    return query;
  }
  if (contentType.startsWith('application/x-www-form-urlencoded') || request.query.has('Action')) {
    return query;
  }
  return restJson;
}

/** Services that speak REST-XML, beside S3. None is served: its refusals have the envelope of the query protocol's. */
const restXmlServices = new Set(['cloudfront', 'route53']);

const jsonRpc10 = jsonRpc('1.0');
const jsonRpc11 = jsonRpc('1.1');
