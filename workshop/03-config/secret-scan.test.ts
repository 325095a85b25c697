import { expect, test } from 'vitest';
import { secretsIn } from './secret-scan.ts';

const fake = 'sk_cookie_live_0000_this_is_not_a_real_key';
/** Looks as if a generator had made it up. */
const made = `${Buffer.from('nobody ever used this').toString('base64url')}42`;

test.each([
  { text: `supplierKey: '${fake}',`, kind: 'format', value: fake },
  { text: `console.log(${JSON.stringify({ note: `it is ${fake}, do not tell` })})`, kind: 'format', value: fake },
  { text: `const supplierKey = '${made}';`, kind: 'assignment', value: made },
  { text: `{apiToken:"${made}"}`, kind: 'assignment', value: made },
  { text: JSON.stringify({ Variables: { SUPPLIER_KEY: made } }), kind: 'assignment', value: made },
  { text: JSON.stringify(JSON.stringify({ password: made })), kind: 'assignment', value: made },
])('finds a secret in $text', ({ text, kind, value }) => {
  expect(secretsIn(text)).toEqual([{ kind, value }]);
});

test.each([
  `SUPPLIER_KEY_SECRET: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:SupplierKey-a1B2c3'`,
  `supplierKeySecret: 'SUPPLIER_KEY_SECRET'`,
  `partitionKey: 'customer-by-placed-at'`,
  `key:"KMS_DisabledException"`,
  `const key = 'aaaaaaaaaaaaaaaaaaaaaaaa1';`,
  JSON.stringify({ S3Key: `${'0123456789abcdef'.repeat(4)}.zip` }),
  `bestBefore: '${made}'`,
])('leaves in peace %s', (text) => {
  expect(secretsIn(text)).toEqual([]);
});

test('finds what it is told, whatever it looks like, and each value once', () => {
  expect(secretsIn('the butter is under the mat', ['under the mat'])).toEqual([
    { kind: 'known value', value: 'under the mat' },
  ]);
  expect(secretsIn(`key = '${fake}'; spare = '${fake}'`)).toEqual([{ kind: 'format', value: fake }]);
});
