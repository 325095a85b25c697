import { cbor, form, type HostileRequest, json, s3 } from './test-wire-calls.ts';

/** Bodies that are hard to read, whatever they are about. */
export const HOSTILE_BODIES: readonly HostileRequest[] = [
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
    before: [() => s3('PUT', '/hostile')],
    request: () => s3('POST', '/hostile?delete', '<a>'.repeat(20_000)),
    status: 400,
    says: /MalformedXML/,
  },
  {
    what: 'XML of many attributes',
    before: [() => s3('PUT', '/hostile')],
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
