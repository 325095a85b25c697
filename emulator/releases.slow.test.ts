import { expect, test } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/**
 * A function whose versions are kept, and an alias that runs the one that a parameter names, or else the newest.
 * @param code which bake of the function this is; each has a version of its own
 */
function release(code: string): { readonly TemplateBody: string } {
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  return {
    TemplateBody: JSON.stringify({
      Parameters: { RunVersion: { Type: 'String', Default: '' }, Note: { Type: 'String', Default: 'first' } },
      Conditions: { Newest: { 'Fn::Equals': [{ Ref: 'RunVersion' }, ''] } },
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
        },
        Ordering: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: {
              ZipFile: `exports.handler = async ({ ms = 0 }) => {
              await new Promise((resolve) => setTimeout(resolve, ms));
              return '${code}';
            };`,
            },
            Handler: 'index.handler',
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Runtime: 'nodejs24.x',
            Timeout: 20,
          },
        },
        Version: {
          Type: 'AWS::Lambda::Version',
          ...kept,
          Properties: { FunctionName: { Ref: 'Ordering' }, Description: code },
        },
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: { Ref: 'Ordering' },
            FunctionVersion: { 'Fn::If': ['Newest', { 'Fn::GetAtt': ['Version', 'Version'] }, { Ref: 'RunVersion' }] },
            Name: 'live',
          },
        },
        Url: {
          Type: 'AWS::Lambda::Url',
          Properties: { TargetFunctionArn: { Ref: 'Live' }, AuthType: 'NONE' },
        },
        UrlPermission: permission('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' }),
        InvokePermission: permission('lambda:InvokeFunction', { InvokedViaFunctionUrl: true }),
      },
      Outputs: {
        Function: { Value: { Ref: 'Ordering' } },
        Url: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } },
        Note: { Value: { Ref: 'Note' } },
      },
    }),
  };
}

const permission = (Action: string, more: object) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action, FunctionName: { Ref: 'Live' }, Principal: '*', ...more },
});

test('a release is a version that is kept: the alias goes forward and back by a parameter, at the same URL', async () => {
  const { createStack, updateStack, deleteStack, invoke, lambda } = await startEndpoint();
  const served = async (url: string | undefined) => (await fetch(url ?? '')).text();

  const { Url: url, Function: name = '', status } = await createStack('Factory', release('butter'));
  expect(status).toBe('CREATE_COMPLETE');
  expect(await served(url)).toBe('butter');

  const inFlight = invoke(name, { ms: 1500 });
  expect(await updateStack('Factory', release('almond'))).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await served(url)).toBe('almond');
  expect(await invoke(name)).toBe('almond');
  expect(await inFlight).toBe('butter');
  expect(await invoke(`${name}:1`)).toBe('butter');
  expect(await invoke(`${name}:2`)).toBe('almond');

  const rollback = [
    { ParameterKey: 'RunVersion', ParameterValue: '1' },
    { ParameterKey: 'Note', ParameterValue: 'back' },
  ];
  const back = await updateStack('Factory', { UsePreviousTemplate: true, Parameters: rollback });
  expect(back).toEqual({ status: 'UPDATE_COMPLETE', Function: name, Url: url, Note: 'back' });
  expect(await served(url)).toBe('butter');

  const forward = [
    { ParameterKey: 'RunVersion', ParameterValue: '' },
    { ParameterKey: 'Note', UsePreviousValue: true },
  ];
  const forth = await updateStack('Factory', { UsePreviousTemplate: true, Parameters: forward });
  expect(forth).toMatchObject({ status: 'UPDATE_COMPLETE', Note: 'back' });
  expect(await served(url)).toBe('almond');

  const { Versions = [] } = await lambda.listVersionsByFunction({ FunctionName: name });
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
  expect(await deleteStack('Factory')).toMatchObject({ status: 'DELETE_COMPLETE' });
  await expect(invoke(`${name}:1`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('an update that changes nothing is refused, a parameter that goes back to its default is a change', async () => {
  const { createStack, updateStack } = await startEndpoint();
  const Parameters = [{ ParameterKey: 'Note', ParameterValue: 'second' }];
  await createStack('Factory', { ...release('butter'), Parameters });
  const same = [{ ParameterKey: 'Note', UsePreviousValue: true }];
  await expect(updateStack('Factory', { UsePreviousTemplate: true, Parameters: same })).rejects.toThrow(
    'No updates are to be performed.',
  );
  expect(await updateStack('Factory', { UsePreviousTemplate: true })).toMatchObject({ Note: 'first' });
});
