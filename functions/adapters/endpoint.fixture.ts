import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll } from 'vitest';

/** For tests of adapters: an endpoint of the test file's own, and what an SDK client needs to call it. */
export function useEndpoint(): () => ClientConfiguration {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, accessKeys: { 'test-factory': 'x' } });
  });
  afterAll(() => emulator.close());
  return () => ({
    endpoint: emulator.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test-factory', secretAccessKey: 'x' },
  });
}

export interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A new table; gives the client that made it. */
export async function createTable(
  configuration: ClientConfiguration,
  table: Omit<CreateTableCommandInput, 'BillingMode'>,
): Promise<DynamoDBClient> {
  const client = new DynamoDBClient(configuration);
  await client.send(new CreateTableCommand({ BillingMode: 'PAY_PER_REQUEST', ...table }));
  return client;
}

export async function allPages<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) {
    all.push(page);
  }
  return all;
}
