import { expect, test } from 'vitest';
import { countHits } from './places.ts';

const name = 'Factor03-Prod-SupplierKeySecretF31A602D-C7A9C5ED9A899';
const fake = 'sk_cookie_live_0000_this_is_not_a_real_key';
const placesWith = (configuration: object) => ({
  ...{ source: [], bundle: [], template: [] },
  configuration: [JSON.stringify(configuration)],
});

test('the name of a secret, which the stack has among its outputs, is no secret', () => {
  const places = placesWith({ Variables: { SUPPLIER_KEY_SECRET: name } });
  expect(countHits(places, [], [name]).configuration).toBe(0);
  expect(countHits(places, [], []).configuration).toBe(1);
});

test('a secret is one among the outputs, too', () => {
  expect(countHits(placesWith({ Variables: { SUPPLIER_KEY: fake } }), [], [fake]).configuration).toBe(1);
  expect(countHits(placesWith({ Variables: { SUPPLIER_KEY: name } }), [name], [name]).configuration).toBe(1);
});
