import { policy, role } from '../lexicon.fixture.ts';

export const secretsAndRoles = [
  ['secretsmanager:ListSecrets', { Filters: [{ Key: 'name', Values: ['fz', '!x'] }], MaxResults: 1, SortOrder: 'asc' }],
  ['secretsmanager:CreateSecret', { Name: 'other', SecretBinary: Buffer.from('a'), Tags: [{ Key: 'a', Value: 'b' }] }],
  ['secretsmanager:PutSecretValue', { SecretId: 'fz', SecretString: '{"a":"b"}', VersionStages: ['AWSCURRENT', 'x'] }],
  ['secretsmanager:TagResource', { SecretId: 'fz', Tags: [{ Key: 'a', Value: 'b' }] }],
  ['secretsmanager:GetRandomPassword', { PasswordLength: 8, ExcludeCharacters: 'ab', RequireEachIncludedType: true }],
  ['secretsmanager:PutResourcePolicy', { SecretId: 'fz', ResourcePolicy: policy, BlockPublicPolicy: true }],
  [
    'ssm:PutParameter',
    { Name: '/fz/other', Value: 'a', Type: 'String', Overwrite: true, Tier: 'Standard', AllowedPattern: 'a' },
  ],
  [
    'ssm:DescribeParameters',
    { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/fz'] }], MaxResults: 1 },
  ],
  [
    'ssm:GetParametersByPath',
    { Path: '/fz', Recursive: true, ParameterFilters: [{ Key: 'Type', Values: ['String'] }] },
  ],
  ['ssm:GetParameters', { Names: ['/fz', 'fz:1'], WithDecryption: true }],
  ['ssm:LabelParameterVersion', { Name: '/fz', ParameterVersion: 1, Labels: ['a'] }],
  ['ssm:AddTagsToResource', { ResourceType: 'Parameter', ResourceId: '/fz', Tags: [{ Key: 'a', Value: 'b' }] }],
  [
    'iam:CreateRole',
    { RoleName: 'other', AssumeRolePolicyDocument: policy, Tags: [{ Key: 'a', Value: 'b' }], MaxSessionDuration: 3600 },
  ],
  ['iam:PutRolePolicy', { RoleName: 'fz', PolicyName: 'x', PolicyDocument: policy }],
  [
    'iam:CreatePolicyVersion',
    { PolicyArn: 'arn:aws:iam::000000000000:policy/fz', PolicyDocument: policy, SetAsDefault: true },
  ],
  ['iam:UpdateAssumeRolePolicy', { RoleName: 'fz', PolicyDocument: policy }],
  [
    'sts:AssumeRole',
    { RoleArn: role, RoleSessionName: 'fz', DurationSeconds: 900, Policy: policy, Tags: [{ Key: 'a', Value: 'b' }] },
  ],
] as const;
