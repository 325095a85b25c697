import { expect, test } from 'vitest';
import { useEndpoint } from '../../functions/adapters/endpoint.fixture.ts';
import { checkOutputs } from './check-outputs.ts';

const endpoint = useEndpoint();

test('says which outputs are missing, and which name no function', async () => {
  const outputs = () => ({ OrderingFunction: 'shop', MetricsFunction: 'metrics', MetricsUrl: 'http://127.0.0.1:1/' });
  await expect(checkOutputs({ outputs, clients: endpoint() })).rejects.toThrow(
    [
      'The stack has no output OrderingUrl, by which the shop is found.',
      'The output OrderingFunction names no function: shop',
      'The output MetricsFunction names no function: metrics',
    ].join('\n'),
  );
});
