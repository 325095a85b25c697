import { onTestFinished } from 'vitest';
import { AccessKeys } from '../../../../wire/authentication/access-keys.ts';
import type { Region } from '../../../../wire/operation.ts';
import { createLambda } from '../../../lambda/lambda.ts';
import { createLogs } from '../../../logs/logs.ts';
import { createSqs } from '../../../sqs/sqs.ts';
import type { Properties } from '../../provider.ts';
import { region } from '../provider.fixture.ts';

/** Lambda with the services it needs, all of them real; they are closed when the test is over. */
export function startLambda(at: Region = region) {
  const sqs = createSqs(at);
  const logs = createLogs(at, { lambda: () => lambda.operations });
  const s3GetObject = () => Promise.reject(Object.assign(new Error('There is no S3.'), { name: 'NoSuchKey' }));
  const lambda = createLambda(at, {
    accessKeys: new AccessKeys(at.accountId),
    logs: logs.operations,
    sqs: sqs.operations,
    s3GetObject,
  });
  onTestFinished(async () => {
    await lambda.close();
    await logs.close();
    sqs.close();
  });
  return { lambda: lambda.operations, logs: logs.operations, sqs: sqs.operations };
}

/** The properties of a function that runs this code. */
export const functionOf = (ZipFile: string): Properties => ({
  Code: { ZipFile },
  Handler: 'index.handler',
  Role: 'arn:aws:iam::000000000000:role/baker',
  Runtime: 'nodejs24.x',
});
