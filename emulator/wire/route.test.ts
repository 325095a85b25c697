import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { WireRequest } from './http.ts';
import { restXml } from './protocols/rest-xml.ts';
import { matchRoute } from './route.ts';
import { nameOf } from './schema.ts';
import { serviceModel } from './service.ts';

function request(line: string, headers: Record<string, string> = {}): WireRequest {
  const [method = '', url = ''] = line.split(' ');
  const [path = '', search = ''] = url.split('?');
  return { method, path, search, query: new URLSearchParams(search), headers, body: Buffer.alloc(0) };
}

const lambdaModel = serviceModel('lambda', lambda);

test.each([
  ['POST /2015-03-31/functions', 'CreateFunction', {}],
  ['GET /2015-03-31/functions', 'ListFunctions', {}],
  ['GET /2015-03-31/functions/', 'ListFunctions', {}],
  ['GET /2015-03-31/functions/f', 'GetFunction', { FunctionName: 'f' }],
  ['GET /2015-03-31/functions/f/configuration', 'GetFunctionConfiguration', { FunctionName: 'f' }],
  [
    'GET /2015-03-31/functions/arn%3Aaws%3Alambda%3Ax%3A0%3Afunction%3Af',
    'GetFunction',
    { FunctionName: 'arn:aws:lambda:x:0:function:f' },
  ],
  ['PUT /2015-03-31/functions/f/aliases/live', 'UpdateAlias', { FunctionName: 'f', Name: 'live' }],
])('%s is %s', (line, operation, labels) => {
  const match = matchRoute(lambdaModel.routes, request(line));
  expect(match && nameOf(match.route.operation)).toBe(operation);
  expect(Object.fromEntries(match?.labels ?? [])).toEqual(labels);
});

const s3Model = serviceModel('s3', s3, { bucketInPath: true });

test.each([
  ['GET /', 'ListBuckets', {}],
  ['PUT /b', 'CreateBucket', {}],
  ['HEAD /b', 'HeadBucket', {}],
  ['GET /b?list-type=2', 'ListObjectsV2', {}],
  ['GET /b', 'ListObjects', {}],
  ['GET /b?location', 'GetBucketLocation', {}],
  ['GET /b?encryption', 'GetBucketEncryption', {}],
  ['POST /b?delete', 'DeleteObjects', {}],
  ['GET /b/k', 'GetObject', {}],
  ['GET /b/a/b%20c', 'GetObject', {}],
  ['HEAD /b/k', 'HeadObject', {}],
  ['PUT /b/k', 'PutObject', {}],
  ['PUT /b/k?x-id=PutObject', 'PutObject', {}],
  ['PUT /b/k', 'CopyObject', { 'x-amz-copy-source': '/b/other' }],
  ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPart', {}],
  ['POST /b/k?uploads', 'CreateMultipartUpload', {}],
  ['POST /b/k?uploadId=u', 'CompleteMultipartUpload', {}],
  ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload', {}],
  ['DELETE /b/k', 'DeleteObject', {}],
])('%s is %s', (line, operation, headers) => {
  const found = restXml.operation(s3Model, request(line, headers));
  expect(found && nameOf(found)).toBe(operation);
});
