import { CustomResource } from 'aws-cdk-lib';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A custom resource that puts an item into a table, changes it, and takes it away; the second version has another text. */
export const providerAndTable: Pair = {
  name: 'ProviderAndTable',
  build: (stack, version) => {
    const table = tableOf(stack, 'Recipes');
    const onEventHandler = functionOf(
      stack,
      'OnEvent',
      `const { RequestType, ResourceProperties: { text, table } } = event;
      const Key = { id: { S: 'house' } };
      if (RequestType === 'Delete') await send('dynamodb', 'DeleteItem', { TableName: table, Key });
      else await send('dynamodb', 'PutItem', { TableName: table, Item: { ...Key, text: { S: text } } });
      return { PhysicalResourceId: 'house', Data: { Text: text } };`,
    );
    table.grantWriteData(onEventHandler);
    const { serviceToken } = new Provider(stack, 'Provider', { onEventHandler });
    const properties = { text: `recipe ${version}`, table: table.tableName };
    const recipe = new CustomResource(stack, 'Recipe', { serviceToken, properties });
    return { Table: table.tableName, Text: recipe.getAttString('Text') };
  },
  use: async ({ output, item }, version) => {
    expect(output('Text')).toBe(`recipe ${version}`);
    expect(await item('Table', 'house')).toEqual({ id: 'house', text: `recipe ${version}` });
  },
};
