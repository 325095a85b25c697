import { partition } from '@aws-sdk/core/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isRegion } from './region-name.ts';
import { createRegions } from './regions.ts';
import { Activity } from './wire/activity/activity.ts';
import { AccessKeys } from './wire/authentication/access-keys.ts';

function regionsOfTest() {
  const regions = createRegions(
    '000000000000',
    () => 'http://127.0.0.1:1',
    new AccessKeys('000000000000'),
    new Activity(),
  );
  onTestFinished(regions.close);
  return regions;
}

test.each([
  'EU-WEST-1',
  'eu_west_1',
  'eu-west-1 ',
  'eu-west-99',
  'aws-global',
  'us-gov-west-1',
  'cn-north-1',
  '__proto__',
  'constructor',
  'x'.repeat(60),
  'x'.repeat(10_000),
  'eu-west-1\r\nx: y',
])('the region %j is refused in the words of AWS, and a line on stderr says what to set', async (name) => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => told.mockRestore());
  const regions = regionsOfTest();
  const refusal = await regions.services(name).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    name: 'InvalidSignatureException',
    status: 403,
    message: expect.stringMatching(/^Credential should be scoped to a valid region, not '[ -~]{1,67}'\.$/),
  });
  expect(told.mock.calls).toEqual([[expect.stringMatching(/^Credential .* Set AWS_REGION .*$/)]]);
  expect(regions.names()).toEqual([]);
});

test('regions of AWS are served, more than ten of them without a warning of leaking listeners', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  onTestFinished(() => void process.off('warning', warned));
  const listeners = process.listenerCount('exit');
  const regions = regionsOfTest();
  const names = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-central-1'];
  names.push('us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'sa-east-1', 'ap-south-1');
  for (const name of names) {
    expect((await regions.services(name)).has('sqs')).toBe(true);
  }
  expect(regions.names()).toEqual(names);
  expect(process.listenerCount('exit')).toBeLessThanOrEqual(listeners + 1);
  await new Promise(setImmediate);
  expect(warned).not.toHaveBeenCalled();
});

test("the SDK's list of regions is what decides", () => {
  expect(partition('eu-west-1')).toHaveProperty('description');
  expect(isRegion('eu-west-1')).toBe(true);
  expect(isRegion('eu-west-9')).toBe(false);
});
