import { expect, test } from 'vitest';
import { normalTemplate, type ParsedTemplate, templateChanges } from './template-changes.ts';

const hash = (character: string, length: number) => character.repeat(length);

/** The template of a stage, as the CDK makes it: all that is given here differs between any two. */
function synthesised(stage: string, asset: string, more: object = {}): ParsedTemplate {
  const version = `OrderingFunctionCurrentVersionFD28FCC2${hash(asset, 32)}`;
  return {
    Description: `The factory, ${stage}`,
    Resources: {
      OrderingFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Key: `${hash(asset, 64)}.zip` },
          Environment: { Variables: { RELEASE: hash(asset, 12), TZ: 'UTC' } },
        },
        Metadata: { 'aws:cdk:path': `${stage}/Prod/Ordering/Function/Resource` },
      },
      [version]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'OrderingFunction' } } },
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] } } },
      CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: stage } },
      ...more,
    },
    Parameters: { BootstrapVersion: { Type: 'String' } },
    Rules: { CheckBootstrapVersion: {} },
  };
}

test('two stages that differ by their code alone have the same template', () => {
  expect(templateChanges(synthesised('Factor05', 'a'), synthesised('Factor06', 'b'))).toEqual([]);
});

test('what is normalised can still be read', () => {
  expect(normalTemplate(synthesised('Factor05', 'a'))).toEqual({
    Description: 'The factory, FactorNN',
    Resources: {
      OrderingFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Key: '<asset>.zip' },
          Environment: { Variables: { RELEASE: '<release>', TZ: 'UTC' } },
        },
      },
      OrderingFunctionCurrentVersionFD28FCC2: {
        Type: 'AWS::Lambda::Version',
        Properties: { FunctionName: { Ref: 'OrderingFunction' } },
      },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionVersion: { 'Fn::GetAtt': ['OrderingFunctionCurrentVersionFD28FCC2', 'Version'] } },
      },
    },
  });
});

const table = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };

test.each([
  {
    what: 'a resource that was added',
    before: {},
    after: { Orders: table },
    change: { kind: 'added', id: 'Orders', type: 'AWS::DynamoDB::Table', after: table },
  },
  {
    what: 'a resource that was removed',
    before: { Orders: table },
    after: {},
    change: { kind: 'removed', id: 'Orders', type: 'AWS::DynamoDB::Table', before: table },
  },
  {
    what: 'a property that changed',
    before: { Orders: table },
    after: { Orders: { ...table, Properties: { BillingMode: 'PROVISIONED' } } },
    change: { kind: 'changed', id: 'Orders', before: table },
  },
])('shows $what', ({ before, after, change }) => {
  const changes = templateChanges(synthesised('Factor05', 'a', before), synthesised('Factor06', 'b', after));
  expect(changes).toEqual([expect.objectContaining({ section: 'Resources', ...change })]);
});

test('the order of keys is no change, that of a list is', () => {
  const one = { Outputs: { Both: { a: 1, b: 2 }, List: [1, 2] } };
  const other = { Outputs: { List: [2, 1], Both: { b: 2, a: 1 } } };
  expect(templateChanges(one, other)).toEqual([
    { section: 'Outputs', id: 'List', kind: 'changed', before: [1, 2], after: [2, 1] },
  ]);
});

test('a section that is one text is compared as it is', () => {
  expect(templateChanges({ Description: 'old' }, { Description: 'new' })).toEqual([
    { section: 'Description', id: '', kind: 'changed', before: 'old', after: 'new' },
  ]);
});
