const template = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'fz',
  Metadata: { a: 'b' },
  Parameters: {
    P: { Type: 'String', Default: 'a', AllowedValues: ['a', 'b'], MinLength: 1, NoEcho: true, Description: 'p' },
    N: { Type: 'Number', Default: 1, MinValue: 0, MaxValue: 5 },
    L: { Type: 'CommaDelimitedList', Default: 'a,b' },
  },
  Rules: {
    R: {
      RuleCondition: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] },
      Assertions: [{ Assert: { 'Fn::Contains': [['a'], { Ref: 'P' }] } }],
    },
  },
  Mappings: { M: { 'eu-west-1': { a: 'b' } } },
  Conditions: {
    C: { 'Fn::And': [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, { Condition: 'D' }] },
    D: { 'Fn::Or': [true, false] },
  },
  Resources: {
    Q: {
      Type: 'AWS::SQS::Queue',
      Condition: 'C',
      DependsOn: ['G'],
      DeletionPolicy: 'Delete',
      Properties: {
        Tags: [{ Key: 'a', Value: { Ref: 'P' } }],
        DelaySeconds: { Ref: 'N' },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['D', 'Arn'] }, maxReceiveCount: 3 },
      },
    },
    D: { Type: 'AWS::SQS::Queue' },
    G: {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: {
          'Fn::Join': [
            '/',
            [
              { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] },
              { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'a'] },
            ],
          ],
        },
      },
    },
    S: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: { 'Fn::Sub': ['$'.concat('{x}-$', '{D.Arn}'), { x: 'y' }] } },
    },
    I: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:b'], Resource: '*' }] },
          },
        ],
      },
    },
    F: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': 'I.Arn' },
        Code: { ZipFile: 'exports.handler = () => 1' },
        Environment: { Variables: { A: { 'Fn::If': ['C', 'x', { Ref: 'AWS::NoValue' }] } } },
      },
    },
    T: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      },
    },
    E: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['x'] }, Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['D', 'Arn'] } }] },
    },
    B: {
      Type: 'AWS::S3::Bucket',
      Properties: { VersioningConfiguration: { Status: 'Enabled' }, Tags: [{ Key: 'a', Value: 'b' }] },
    },
    X: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: { PasswordLength: 8, SecretStringTemplate: '{"a":"b"}', GenerateStringKey: 'c' },
      },
    },
  },
  Outputs: {
    O: {
      Description: 'o',
      Condition: 'C',
      Value: { 'Fn::Base64': { Ref: 'D' } },
      Export: { Name: { 'Fn::Sub': 'fz-$'.concat('{AWS::StackName}') } },
    },
  },
});
const change = {
  TemplateBody: template,
  Capabilities: ['CAPABILITY_IAM'],
  Parameters: [{ ParameterKey: 'P', ParameterValue: 'a' }],
  Tags: [{ Key: 'a', Value: 'b' }],
};
export const stacks = [
  ['cloudformation:ValidateTemplate', { TemplateBody: template }],
  ['cloudformation:GetTemplateSummary', { TemplateBody: template }],
  ['cloudformation:CreateStack', { StackName: 'other', OnFailure: 'DELETE', ...change }],
  ['cloudformation:UpdateStack', { StackName: 'fz', ...change }],
  [
    'cloudformation:CreateChangeSet',
    { StackName: 'fz', ChangeSetName: 'x', ChangeSetType: 'UPDATE', IncludeNestedStacks: true, ...change },
  ],
  ['cloudformation:DescribeChangeSet', { StackName: 'fz', ChangeSetName: 'x', IncludePropertyValues: true }],
  ['cloudformation:ExecuteChangeSet', { StackName: 'fz', ChangeSetName: 'x' }],
] as const;
