import { expect, test } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';
import { zipOf } from './services/lambda/function/zip.fixture.ts';

test("a function's code is fetched from its location, as long as it is there", async () => {
  const { deploy, lambda, url } = await startEndpoint();
  const code = 'export const handler = async () => 1;';
  await deploy('f', code);
  const { Code } = await lambda.getFunction({ FunctionName: 'f' });
  expect(Code?.RepositoryType).toBe('S3');
  const fetched = await fetch(Code?.Location ?? '');
  expect(fetched.headers.get('content-type')).toBe('application/zip');
  expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.from(zipOf(code)));
  await lambda.deleteFunction({ FunctionName: 'f' });
  for (const location of [
    Code?.Location ?? '',
    `${url}/_emulator/code/eu-west-1/..%2f..`,
    `${url}/_emulator/code/x/y`,
  ]) {
    expect((await fetch(location)).status).toBe(404);
  }
});
