import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** An HTTP API over a table; the second version has a route more, and sets a cookie. */
export const httpApiAndTable: Pair = {
  name: 'HttpApiAndTable',
  build: (stack, version) => {
    const table = tableOf(stack, 'Orders');
    const orders = functionOf(
      stack,
      'OrdersFunction',
      `const { id } = event.pathParameters;
      if (event.routeKey.startsWith('PUT')) {
        await send('dynamodb', 'PutItem', { TableName: process.env.TABLE, Item: { id: { S: id }, by: { S: String(event.cookies) } } });
      }
      if (event.routeKey.startsWith('DELETE')) {
        await send('dynamodb', 'DeleteItem', { TableName: process.env.TABLE, Key: { id: { S: id } } });
      }
      const { Item } = await send('dynamodb', 'GetItem', { TableName: process.env.TABLE, Key: { id: { S: id } } });
      return { statusCode: Item ? 200 : 404, body: Item?.by.S ?? '', cookies: process.env.COOKIES.split(',') };`,
      { environment: { TABLE: table.tableName, COOKIES: version === 1 ? 'a=1' : 'a=1,b=2' } },
    );
    table.grantReadWriteData(orders);
    const api = new HttpApi(stack, 'Api');
    const methods = [HttpMethod.GET, HttpMethod.PUT, ...(version === 1 ? [] : [HttpMethod.DELETE])];
    const integration = new HttpLambdaIntegration('Integration', orders);
    api.addRoutes({ path: '/orders/{id}', methods, integration });
    return { Url: api.url ?? '' };
  },
  use: async ({ output, fresh }, version) => {
    const ask = (method: string) =>
      fetch(`${output('Url')}orders/${fresh}`, { method, headers: { cookie: 'who=ada; when=now' } });
    expect((await ask('GET')).status).toBe(404);
    const put = await ask('PUT');
    expect(await put.text()).toBe('who=ada,when=now');
    expect(put.headers.getSetCookie()).toEqual(version === 1 ? ['a=1'] : ['a=1', 'b=2']);
    await ask('DELETE');
    expect((await ask('GET')).status).toBe(version === 1 ? 200 : 404);
  },
};
