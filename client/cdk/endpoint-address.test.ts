import { expect, test } from 'vitest';
import { withEndpointAddress } from './endpoint-address.ts';

test('a name becomes the address it leads to, with its port', async () => {
  const { AWS_ENDPOINT_URL, LANG } = await withEndpointAddress({
    AWS_ENDPOINT_URL: 'http://localhost:4566',
    LANG: 'C',
  });
  expect(AWS_ENDPOINT_URL).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):4566$/);
  expect(LANG).toBe('C');
});

test.each([
  ['an address', 'http://127.0.0.1:4566'],
  ['an address of IPv6', 'http://[::1]:4566'],
  ['a name with a certificate', 'https://localhost:4566'],
  ['a name that leads nowhere', 'http://nowhere.invalid:4566'],
  ['what is no URL', 'here'],
  ['nothing, where AWS is meant', undefined],
])('%s stays as it is', async (_, url) => {
  const environment = { AWS_ENDPOINT_URL: url };
  expect(await withEndpointAddress(environment)).toBe(environment);
});
