import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type { Handlers } from '../../../wire/operation.ts';
import { validationException } from '../errors.ts';
import type { Item } from '../item/item.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

/** How often expired items are looked for. AWS deletes them "typically within a few days". */
const sweepMs = 60_000;

/** What expired longer ago is taken for a mistake, and stays. */
const fiveYearsS = 5 * 365 * 24 * 3600;

/**
 * Time to live: items whose second has passed are deleted for real, within a minute. Until then they are read like any
 * other, as on AWS. Source: DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB". Less than AWS: a change holds
 * at once, and may be changed again at once (AWS takes up to an hour).
 */
export class TimeToLive {
  readonly #tables: Tables;
  #timer: NodeJS.Timeout | undefined;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  readonly operations = {
    UpdateTimeToLive: ({ TableName, TimeToLiveSpecification }) => {
      const table = this.#tables.get(TableName);
      const { AttributeName = '', Enabled = false } = TimeToLiveSpecification ?? {};
      if (AttributeName === '') {
        throw validationException('TimeToLiveSpecification.AttributeName must not be empty');
      }
      const current = table.expiryAttribute;
      if (Enabled === (current !== undefined)) {
        throw validationException(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
      }
      if (!Enabled && AttributeName !== current) {
        throw validationException(
          `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
        );
      }
      table.expiryAttribute = Enabled ? AttributeName : undefined;
      this.#timer ??= setInterval(() => this.#sweep(), sweepMs).unref();
      return { TimeToLiveSpecification: { AttributeName, Enabled } };
    },
    DescribeTimeToLive: ({ TableName }) => {
      const { expiryAttribute } = this.#tables.get(TableName);
      return {
        TimeToLiveDescription: expiryAttribute
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: expiryAttribute }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
  } satisfies Handlers<typeof dynamodb>;

  close(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const swept = this.#tables.all().filter(({ expiryAttribute }) => expiryAttribute !== undefined);
    for (const table of swept) {
      deleteExpired(table, table.expiryAttribute ?? '');
    }
    if (swept.length > 0) {
      return;
    }
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function deleteExpired(table: Table, attribute: string): void {
  const now = Math.floor(Date.now() / 1000);
  const expired = [...table.items.entries()].filter(([, item]) => isExpired(item, attribute, now));
  for (const [key] of expired) {
    table.expire(key);
  }
}

/** An item without the attribute, or with anything but a number in it, does not expire. */
function isExpired(item: Item, attribute: string, now: number): boolean {
  const { N } = item[attribute] ?? {};
  if (N === undefined) {
    return false;
  }
  const second = Number(N);
  return second <= now && second > now - fiveYearsS;
}
