import { randomUUID } from 'node:crypto';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { chocolateChip, sabayon } from '../domain/kitchen.fixture.ts';
import { useEndpoint } from './endpoint.fixture.ts';
import { RecipeBookParameter } from './recipe-book-parameter.ts';

const endpoint = useEndpoint();
let client: SSMClient;
let Name: string;

beforeEach(() => {
  client = new SSMClient(endpoint());
  Name = `/recipes/${randomUUID()}`;
});

const write = (Value: string) => client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));

const open = () => new RecipeBookParameter(client, Name);

/** Only the clock that tells the time stands still: timers of connections go on. */
function stopTheClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

test('recipes are read as they are written, by name', async () => {
  await write(JSON.stringify([sabayon, chocolateChip]));
  expect([...(await open().recipes())]).toEqual([
    ['sabayon', sabayon],
    ['chocolate-chip', chocolateChip],
  ]);
});

test('an edit shows when what was read has come of age, not before', async () => {
  stopTheClock();
  await write(JSON.stringify([sabayon]));
  const book = open();
  const first = await book.recipes();
  await write(JSON.stringify([{ ...sabayon, priceCents: 999 }]));
  vi.advanceTimersByTime(29_000);
  expect(await book.recipes()).toBe(first);
  vi.advanceTimersByTime(2_000);
  expect((await book.recipes()).get('sabayon')?.priceCents).toBe(999);
});

test('a book that says the same as before is not read again', async () => {
  stopTheClock();
  await write(JSON.stringify([sabayon]));
  const book = open();
  const first = await book.recipes();
  vi.advanceTimersByTime(31_000);
  expect(await book.recipes()).toBe(first);
});

test('a reading that failed is not remembered', async () => {
  const book = open();
  await expect(book.recipes()).rejects.toThrow();
  await write('haggis');
  await expect(open().recipes()).rejects.toThrow(`The recipe book in ${Name} cannot be read: it is not JSON`);
  await client.send(new DeleteParameterCommand({ Name }));
  await write(JSON.stringify([sabayon]));
  expect((await book.recipes()).size).toBe(1);
});
