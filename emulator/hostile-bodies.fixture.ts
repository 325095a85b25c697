import { gzipSync } from 'node:zlib';
import { bucket, cbor, form, type HostileRequest, json, s3, type WireCall } from './wire-calls.fixture.ts';

/** Bodies that are hard to read, whatever they are about. */
export const hostileBodies: readonly HostileRequest[] = [
  {
    what: '2 GB of zeros in 2 MB of gzip',
    request: () => {
      const { headers } = json('ssm', 'GetParameter', '');
      return { headers: { ...headers, 'content-encoding': 'gzip' }, body: zeros(2000) };
    },
    status: 413,
  },
  {
    what: 'gzip of zeros without a signature',
    request: () => ({ headers: { 'content-encoding': 'gzip' }, body: zeros(200) }),
    status: 403,
  },
  ...['-6', '+6', '0x6', ' 6', '6 ', '1e9', 'ffffffffffff', ''].map(
    (size): HostileRequest => ({
      what: `aws-chunked of the size "${size}"`,
      request: () => chunked(`${size}\r\nhello!\r\n`.repeat(50_000)),
      status: 400,
      says: /IncompleteBody/,
    }),
  ),
  {
    what: 'aws-chunked of chunks of one byte',
    request: () => chunked(`${'1\r\na\r\n'.repeat(1_000_000)}0\r\n\r\n`),
    status: 403,
    says: /InvalidChunkSizeError/,
  },
  {
    what: 'aws-chunked with a million trailers',
    request: () =>
      chunked(`0\r\n${Array.from({ length: 1_000_000 }, (_, i) => `x-amz-checksum-a${i}:a\r\n`).join('')}\r\n`),
    status: 400,
    says: /IncompleteBody/,
  },
  {
    what: 'JSON that nests',
    request: () => json('ssm', 'PutParameter', `{"Tags":${'['.repeat(1_000_000)}`),
    status: 400,
    says: /nests deeper/,
  },
  {
    what: 'JSON of a million values',
    request: () => json('ssm', 'PutParameter', `{"Tags":[${'{},'.repeat(1_000_000)}{}]}`),
    status: 400,
    says: /200000 values/,
  },
  {
    what: 'an AllowedPattern of a parameter',
    request: () =>
      json('ssm', 'PutParameter', { Name: 'p', Type: 'String', AllowedPattern: '(a+)+$', Value: `${'a'.repeat(40)}!` }),
    status: 400,
    says: /allowedPattern/,
  },
  { what: 'CBOR that nests', request: () => cbor('logs', 'CreateLogGroup', Buffer.alloc(100_000, 0x81)), status: 400 },
  {
    what: 'CBOR of lists longer than there is memory',
    request: () => cbor('logs', 'CreateLogGroup', Buffer.from(Array(100).fill([0x9a, 1, 255, 255, 255]).flat())),
    status: 400,
  },
  {
    what: 'XML that nests',
    before: [() => bucket('hostile')],
    request: () => s3('POST', '/hostile?delete', '<a>'.repeat(20_000)),
    status: 400,
    says: /MalformedXML/,
  },
  {
    what: 'XML of many attributes',
    before: [() => bucket('hostile')],
    request: () =>
      s3('POST', '/hostile?delete', `<Delete${Array.from({ length: 250_000 }, (_, i) => ` a${i}=""`).join('')}/>`),
    status: 400,
    says: /MalformedXML|MaxMessageLengthExceeded/,
  },
  {
    what: '200,000 parameters',
    request: () =>
      form(
        'cloudformation',
        `Action=CreateStack&Version=2010-05-15&StackName=s&${Array.from({ length: 200_000 }, (_, i) => `Tags.member.${i}.Key=a`).join('&')}`,
      ),
    status: 400,
    says: /parameters/,
  },
  {
    what: 'a parameter of a million names',
    request: () => form('cloudformation', `Action=CreateStack&Version=2010-05-15&${'a.'.repeat(1_000_000)}=b`),
    status: 400,
    says: /names/,
  },
  {
    what: 'the member of a list that is far away',
    request: () =>
      form('cloudformation', 'Action=CreateStack&Version=2010-05-15&StackName=s&Tags.member.999999999.Key=a'),
    status: 400,
  },
];

/** So many MB of zeros, packed. Members of gzip may follow each other. */
function zeros(megabytes: number): Buffer {
  const one = gzipSync(Buffer.alloc(100 * 1024 * 1024));
  return Buffer.concat(Array.from({ length: megabytes / 100 }, () => one));
}

function chunked(body: string): WireCall {
  const { headers, ...call } = s3('PUT', '/hostile/k', body);
  return { ...call, headers: { ...headers, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } };
}
