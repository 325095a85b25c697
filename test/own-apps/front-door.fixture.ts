import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  Cors,
  IdentitySource,
  LambdaIntegration,
  LambdaRestApi,
  RequestAuthorizer,
  ResponseType,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

/** An HTTP API over a table, a REST API with authorizers, and one for a single function, as CDK's constructs write them. */
const app = new App();
const stack = new Stack(app, 'FrontDoor');
const greeting = String(app.node.tryGetContext('greeting') ?? 'hello');

const inline = (id: string, code: string, environment: Record<string, string> = {}) =>
  new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    timeout: Duration.seconds(20),
    code: Code.fromInline(code),
    environment,
  });

const table = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const shop = inline(
  'Shop',
  `const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
  const { DynamoDBDocument } = require('@aws-sdk/lib-dynamodb');
  const orders = DynamoDBDocument.from(new DynamoDBClient());
  const TableName = process.env.TABLE;
  exports.handler = async ({ requestContext, pathParameters, body }) => {
    if (requestContext.http.method === 'POST') {
      const Item = JSON.parse(body);
      await orders.put({ TableName, Item });
      return { statusCode: 201, headers: { location: '/orders/' + Item.id } };
    }
    const { Item } = await orders.get({ TableName, Key: { id: pathParameters.id } });
    return Item ?? { statusCode: 404 };
  };`,
  { TABLE: table.tableName },
);
table.grantReadWriteData(shop);
const guard = inline(
  'Guard',
  `exports.handler = async (event) => {
    const token = event.authorizationToken ?? event.headers.authorization ?? event.headers.Authorization;
    const Effect = token === 'open' ? 'Allow' : 'Deny';
    const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: '*' }];
    return { isAuthorized: token === 'open', principalId: 'ann', policyDocument: { Version: '2012-10-17', Statement } };
  };`,
);
const greeter = inline(
  'Greeter',
  `exports.handler = async ({ path }) => ({ statusCode: 200, body: process.env.GREETING + ' ' + path });`,
  { GREETING: greeting },
);

const http = new HttpApi(stack, 'Http', {
  corsPreflight: { allowOrigins: ['https://shop.example'], allowMethods: [CorsHttpMethod.ANY] },
});
const integration = new HttpLambdaIntegration('Shop', shop);
http.addRoutes({ path: '/orders', methods: [HttpMethod.POST], integration });
http.addRoutes({ path: '/orders/{id}', methods: [HttpMethod.GET], integration });
http.addRoutes({
  path: '/guarded/{id}',
  methods: [HttpMethod.GET],
  integration,
  authorizer: new HttpLambdaAuthorizer('Guard', guard, { responseTypes: [HttpLambdaResponseType.SIMPLE] }),
});
http.addRoutes({ path: '/signed/{id}', methods: [HttpMethod.GET], integration, authorizer: new HttpIamAuthorizer() });

const rest = new RestApi(stack, 'Rest', {
  deployOptions: { stageName: 'live' },
  defaultCorsPreflightOptions: {
    allowOrigins: ['https://one.example', 'https://two.example'],
    allowMethods: Cors.ALL_METHODS,
  },
});
rest.addGatewayResponse('Denied', {
  type: ResponseType.DEFAULT_4XX,
  responseHeaders: { 'Access-Control-Allow-Origin': "'*'" },
});
const greetings = rest.root.addResource('greetings');
greetings.addMethod('GET', new LambdaIntegration(greeter), {
  authorizer: new TokenAuthorizer(stack, 'ByToken', { handler: guard }),
});
greetings.addResource('{name}').addMethod('ANY', new LambdaIntegration(greeter), {
  authorizer: new RequestAuthorizer(stack, 'ByRequest', {
    handler: guard,
    identitySources: [IdentitySource.header('Authorization')],
    resultsCacheTtl: Duration.seconds(0),
  }),
});
const single = new LambdaRestApi(stack, 'Single', { handler: greeter });
if (app.node.tryGetContext('late')) {
  rest.root.addResource('late').addMethod('GET', new LambdaIntegration(greeter));
}

new CfnOutput(stack, 'HttpUrl', { value: http.url ?? '' });
new CfnOutput(stack, 'HttpEndpoint', { value: http.apiEndpoint });
new CfnOutput(stack, 'RestUrl', { value: rest.url });
new CfnOutput(stack, 'SingleUrl', { value: single.urlForPath('/any') });
