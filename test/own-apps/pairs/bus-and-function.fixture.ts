import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A bus of one's own whose rule invokes a function, by a number of the event; the second version wants a larger one. */
export const busAndFunction: Pair = {
  name: 'BusAndFunction',
  build: (stack, version) => {
    const [bus, table] = [new EventBus(stack, 'Bus'), tableOf(stack, 'Noted')];
    const noter = functionOf(
      stack,
      'Noter',
      `const { id, cookies } = event.detail;
      await send('dynamodb', 'PutItem', { TableName: process.env.TABLE, Item: { id: { S: id }, cookies: { N: String(cookies) } } });`,
      { environment: { TABLE: table.tableName } },
    );
    table.grantWriteData(noter);
    new Rule(stack, 'Large', {
      eventBus: bus,
      eventPattern: { detail: { cookies: [{ numeric: ['>=', version === 1 ? 10 : 100] }] } },
      targets: [new LambdaFunction(noter)],
    });
    return { Bus: bus.eventBusName, Table: table.tableName };
  },
  use: async ({ client, output, item, fresh }, version) => {
    const [few, many] = version === 1 ? [9, 10] : [10, 100];
    const Entries = [few, many].map((cookies) => ({
      EventBusName: output('Bus'),
      Source: 'shop',
      DetailType: 'Placed',
      Detail: JSON.stringify({ id: `${fresh}`, cookies }),
    }));
    await client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
    expect(await item('Table', fresh)).toEqual({ id: fresh, cookies: many });
  },
};
