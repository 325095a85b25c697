import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { accountId, startLambda } from '../lambda.fixture.ts';
import { zipOf } from './zip.fixture.ts';

const codeOne = 'export const handler = async () => 1;';
const codeTwo = 'export const handler = async () => 2;';
const versionOf =
  'export const handler = async (event, { functionVersion, invokedFunctionArn }) => [functionVersion, invokedFunctionArn];';
const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';

test('a function is shown as AWS shows it', async () => {
  const { deploy, operations } = startLambda();
  const zip = zipOf(codeOne);
  const made = await deploy('f', codeOne, { Description: 'bakes', Tags: { factor: '1' } });
  expect(made).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating' });
  const shown = operations.GetFunctionConfiguration({ FunctionName: arn });
  expect(shown).toEqual({
    FunctionName: 'f',
    FunctionArn: arn,
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::123456789012:role/f-role',
    Handler: 'index.handler',
    CodeSize: zip.length,
    Description: 'bakes',
    Timeout: 3,
    MemorySize: 128,
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
    CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
  });
  expect(operations.GetFunction({ FunctionName: 'f' })).toMatchObject({ Configuration: shown, Tags: { factor: '1' } });
  expect(operations.ListFunctions({}).Functions).toEqual([shown]);
  const changed = operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 4 });
  expect(changed).toMatchObject({ LastUpdateStatus: 'InProgress', LastUpdateStatusReasonCode: 'Creating' });
  expect(operations.GetFunctionConfiguration({ FunctionName: 'f' }).LastUpdateStatus).toBe('Successful');
});

describe('CreateFunction refuses', () => {
  test.each<[string, object, string, RegExp]>([
    ['another runtime', { Runtime: 'java21' }, 'InvalidParameterValueException', /java21 is not served/],
    ['an image', { PackageType: 'Image' }, 'InvalidParameterValueException', /PackageType Image/],
    [
      'a layer that is not there',
      { Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:l:1'] },
      'InvalidParameterValueException',
      /layer:l:1 does not exist/,
    ],
    ['no handler', { Handler: undefined }, 'InvalidParameterValueException', /mandatory/],
    ['a timeout of 0', { Timeout: 0 }, 'ValidationException', /Value '0' at 'timeout'/],
    ['a timeout of 901', { Timeout: 901 }, 'ValidationException', /less than or equal to 900/],
    ['too little memory', { MemorySize: 64 }, 'ValidationException', /greater than or equal to 128/],
    ['a role that is none', { Role: 'admin' }, 'ValidationException', /'role'/],
    ['a name that is none', { FunctionName: 'a b' }, 'ValidationException', /functionName/],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION/,
    ],
    [
      'variables over 4 KB',
      { Environment: { Variables: { ABC: 'x'.repeat(4100) } } },
      'InvalidParameterValueException',
      /exceeded the 4KB limit/,
    ],
    [
      'a level for text logs',
      { LoggingConfig: { ApplicationLogLevel: 'WARN' } },
      'InvalidParameterValueException',
      /LogFormat/,
    ],
    ['no code', { Code: {} }, 'InvalidParameterValueException', /source for function code/],
    [
      'what is no zip',
      { Code: { ZipFile: Buffer.from('text') } },
      'InvalidParameterValueException',
      /^Could not unzip uploaded file/,
    ],
    ['an empty zip', { Code: { ZipFile: zipSync({}) } }, 'InvalidParameterValueException', /non-empty/],
    [
      'a file outside of the package',
      { Code: { ZipFile: zipOf({ '../x': '' }) } },
      'InvalidParameterValueException',
      /invalid relative path/,
    ],
    [
      'an object that is not there',
      { Code: { S3Bucket: 'b', S3Key: 'k' } },
      'InvalidParameterValueException',
      /S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist\./,
    ],
    ['a name that is taken', { FunctionName: 'taken' }, 'ResourceConflictException', /Function already exist: taken/],
  ])('%s', async (_name, input, name, message) => {
    const { deploy } = startLambda();
    await deploy('taken', codeOne);
    await expect(deploy('f', codeOne, input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });
});

test('code comes from S3 as well', async () => {
  const { deploy, invoke } = startLambda({
    s3GetObject: async (bucket, key) =>
      zipOf({ 'index.mjs': `export const handler = async () => '${bucket}/${key}';` }),
  });
  await deploy('f', '', { Code: { S3Bucket: 'assets', S3Key: 'a.zip' } });
  expect((await invoke('f')).result).toBe('assets/a.zip');
});

test('the same package is unpacked once, and removed with its last user', async () => {
  const { deploy, invoke, operations, environments } = startLambda();
  await deploy('f', codeOne);
  await deploy('g', codeOne);
  await invoke('f');
  await invoke('g');
  const [directory = ''] = ['f', 'g'].flatMap((name) =>
    environments(name).map(({ version }) => version.code.directory),
  );
  expect(environments('g')[0]?.version.code.directory).toBe(directory);
  expect(readFileSync(join(directory, 'index.mjs'), 'utf8')).toBe(codeOne);
  await operations.DeleteFunction({ FunctionName: 'f' });
  expect((await invoke('g')).result).toBe(1);
  await operations.DeleteFunction({ FunctionName: 'g' });
  await vi.waitFor(() => expect(existsSync(directory)).toBe(false));
});

test('a change is in force when it is answered, and changes what it names', async () => {
  const { deploy, invoke, operations } = startLambda();
  const made = await deploy('f', codeOne, { Timeout: 5 });
  expect((await invoke('f')).result).toBe(1);
  const changed = await operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zipOf(codeTwo) });
  expect(changed.CodeSha256).not.toBe(made.CodeSha256);
  expect(changed.RevisionId).not.toBe(made.RevisionId);
  expect((await invoke('f')).result).toBe(2);
  const configured = operations.UpdateFunctionConfiguration({ FunctionName: 'f', MemorySize: 256 });
  expect(configured).toMatchObject({ MemorySize: 256, Timeout: 5, CodeSha256: changed.CodeSha256 });
  const stale = () => operations.UpdateFunctionConfiguration({ FunctionName: 'f', RevisionId: made.RevisionId });
  expect(stale).toThrow(expect.objectContaining({ name: 'PreconditionFailedException' }));
});

test('a dry run of new code changes nothing', async () => {
  const { deploy, invoke, operations } = startLambda();
  await deploy('f', codeOne);
  await operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zipOf(codeTwo), DryRun: true });
  expect((await invoke('f')).result).toBe(1);
});

test('a deleted function is gone with all that is its own', async () => {
  const { deploy, invoke, operations } = startLambda();
  await deploy('f', codeOne);
  operations.PublishVersion({ FunctionName: 'f' });
  await operations.DeleteFunction({ FunctionName: 'f' });
  const gone = { name: 'ResourceNotFoundException', message: `Function not found: ${arn}` };
  await expect(invoke('f')).rejects.toMatchObject(gone);
  expect(() => operations.GetFunction({ FunctionName: 'f' })).toThrow(expect.objectContaining(gone));
});

test('versions keep what they were published from', async () => {
  const { deploy, invoke, operations } = startLambda();
  await deploy('f', versionOf);
  const one = operations.PublishVersion({ FunctionName: 'f', Description: 'first' });
  expect(one).toMatchObject({ Version: '1', FunctionArn: `${arn}:1`, Description: 'first' });
  expect(operations.PublishVersion({ FunctionName: 'f' }).Version).toBe('1');
  const two = await operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zipOf(codeTwo), Publish: true });
  expect(two.Version).toBe('2');
  expect(await invoke('f:1')).toMatchObject({ ExecutedVersion: '1', result: ['1', `${arn}:1`] });
  expect(await invoke('f', {}, { Qualifier: '2' })).toMatchObject({ ExecutedVersion: '2', result: 2 });
  expect(operations.ListVersionsByFunction({ FunctionName: 'f' }).Versions.map(({ Version }) => Version)).toEqual([
    '$LATEST',
    '1',
    '2',
  ]);
  const { NextMarker: Marker } = operations.ListVersionsByFunction({ FunctionName: 'f', MaxItems: 2 });
  const rest = operations.ListVersionsByFunction({ FunctionName: 'f', MaxItems: 2, Marker });
  expect(rest).toEqual({ Versions: [expect.objectContaining({ Version: '2' })] });
  expect(() => operations.ListVersionsByFunction({ FunctionName: 'f', MaxItems: 0 })).toThrow("'0' at 'maxItems'");
  const otherCode = () => operations.PublishVersion({ FunctionName: 'f', CodeSha256: one.CodeSha256 });
  expect(otherCode).toThrow(/is different from current CodeSHA256 in \$LATEST/);
});

test('an alias names a version, and may share its traffic', async () => {
  const { deploy, invoke, operations } = startLambda();
  await deploy('f', versionOf);
  operations.PublishVersion({ FunctionName: 'f' });
  operations.UpdateFunctionConfiguration({ FunctionName: 'f', Description: 'second' });
  operations.PublishVersion({ FunctionName: 'f' });
  const alias = operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  expect(alias).toMatchObject({ AliasArn: `${arn}:live`, FunctionVersion: '1' });
  expect(await invoke('f:live')).toMatchObject({ ExecutedVersion: '1', result: ['1', `${arn}:live`] });
  operations.UpdateAlias({ FunctionName: 'f', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } });
  expect(await invoke('f:live')).toMatchObject({ ExecutedVersion: '2' });
  expect(() => operations.DeleteFunction({ FunctionName: 'f:1' })).toThrow(/aliases reference version 1/);
  expect(() => operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' })).toThrow(
    /already exists/,
  );
  expect(() => operations.CreateAlias({ FunctionName: 'f', Name: 'none', FunctionVersion: '9' })).toThrow(/not found/);
  operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  expect(() => operations.GetAlias({ FunctionName: 'f', Name: 'live' })).toThrow(/Cannot find alias arn/);
});

test('tags', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', codeOne, { Tags: { a: '1' } });
  operations.TagResource({ Resource: arn, Tags: { b: '2' } });
  operations.UntagResource({ Resource: arn, TagKeys: ['a'] });
  expect(operations.ListTags({ Resource: arn })).toEqual({ Tags: { b: '2' } });
});

test('permissions make a policy', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', codeOne);
  const permission = {
    FunctionName: 'f',
    StatementId: 'rule',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
  };
  operations.AddPermission({ ...permission, SourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/r' });
  const { Policy } = operations.GetPolicy({ FunctionName: 'f' });
  expect(JSON.parse(Policy)).toEqual({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [
      {
        Sid: 'rule',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: arn,
        Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/r' } },
      },
    ],
  });
  expect(() => operations.AddPermission(permission)).toThrow(
    expect.objectContaining({ name: 'ResourceConflictException' }),
  );
  operations.RemovePermission({ FunctionName: 'f', StatementId: 'rule' });
  expect(() => operations.GetPolicy({ FunctionName: 'f' })).toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException' }),
  );
});

test('a VPC and a key are recorded, and taken away again', async () => {
  const { deploy, operations } = startLambda();
  const VpcConfig = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
  const KMSKeyArn = `arn:aws:kms:eu-west-1:${accountId}:key/k`;
  const made = await deploy('f', codeOne, { VpcConfig, KMSKeyArn });
  expect(made).toMatchObject({ VpcConfig: { ...VpcConfig, Ipv6AllowedForDualStack: false }, KMSKeyArn });
  const none = { SubnetIds: [], SecurityGroupIds: [] };
  const changed = operations.UpdateFunctionConfiguration({ FunctionName: 'f', VpcConfig: none, KMSKeyArn: '' });
  expect(changed).not.toHaveProperty('VpcConfig');
  expect(changed).not.toHaveProperty('KMSKeyArn');
});

test('older runtimes run on the Node that is there, which is said once of each', async () => {
  const { deploy, invoke } = startLambda();
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => said.mockRestore());
  const callback = 'exports.handler = (event, context, callback) => callback(null, process.env.AWS_EXECUTION_ENV);';
  for (const Runtime of ['nodejs16.x', 'nodejs18.x', 'nodejs16.x'] as const) {
    const name = `f${said.mock.calls.length}-${Runtime.replace('.', '-')}`;
    await deploy(name, { 'index.js': callback }, { Runtime });
    expect((await invoke(name)).result).toBe(`AWS_Lambda_${Runtime}`);
  }
  const notes = said.mock.calls.map(([note]) => String(note));
  expect(notes.filter((note) => note.includes('nodejs16.x run on Node'))).toHaveLength(1);
  expect(notes.filter((note) => note.includes('nodejs18.x run on Node'))).toHaveLength(1);
});

test('an update that brings the same code and settings makes no new version', async () => {
  const { deploy, operations } = startLambda();
  await deploy('f', codeOne, { Publish: true });
  await operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zipOf(codeOne) });
  operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 3 });
  expect(operations.PublishVersion({ FunctionName: 'f' }).Version).toBe('1');
  operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 4 });
  expect(operations.PublishVersion({ FunctionName: 'f' }).Version).toBe('2');
});
