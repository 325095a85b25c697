import { expect, test } from 'vitest';
import { createSsm } from '../../../ssm/ssm.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { ssmParameter } from './ssm-parameter.ts';

function start() {
  const { operations } = createSsm(region);
  const read = async (Name: string) => (await operations.GetParameter({ Name })).Parameter;
  return { ssm: operations, read };
}

test('AWS::SSM::Parameter is made, changed in place and deleted', async () => {
  const { ssm, read } = start();
  const parameter = await make(ssmParameter(ssm), {
    Type: 'String',
    Value: 20,
    Description: 'oven time',
    Tags: { team: 'oven' },
  });
  expect(parameter.physicalId).toMatch(/^Factory-Thing-/);
  expect(parameter.attributes).toEqual({ Type: 'String', Value: '20' });
  expect(await read(parameter.physicalId)).toMatchObject({ Value: '20', Version: 1 });

  const changed = await parameter.change({ Type: 'String', Value: '30', Tags: { team: 'mixer' } });
  expect(changed.attributes).toEqual({ Type: 'String', Value: '30' });
  expect(await read(parameter.physicalId)).toMatchObject({ Value: '30', Version: 2 });
  expect(ssm.DescribeParameters({}).Parameters[0]?.Description || undefined).toBeUndefined();
  expect(ssm.ListTagsForResource({ ResourceType: 'Parameter', ResourceId: parameter.physicalId }).TagList).toEqual([
    { Key: 'team', Value: 'mixer' },
  ]);
  await parameter.change({ Type: 'String', Value: '30' });
  expect(await read(parameter.physicalId)).toMatchObject({ Version: 2 });
  await parameter.remove();
  await expect(read(parameter.physicalId)).rejects.toThrow('not found');
});

test('AWS::SSM::Parameter: a name that is taken, and a SecureString, are refused', async () => {
  const { ssm } = start();
  const properties = { Type: 'String', Value: '1', Name: '/oven' };
  await make(ssmParameter(ssm), properties);
  await expect(make(ssmParameter(ssm), properties)).rejects.toThrow('already exists');
  const secure = { Type: 'SecureString', Value: '1' };
  await expect(ssmParameter(ssm).create(secure, contextOf('AWS::SSM::Parameter'))).rejects.toThrow('SecureString');
});
