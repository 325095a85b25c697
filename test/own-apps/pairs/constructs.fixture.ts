import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { AttributeType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { Code, type FunctionProps, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

/**
 * A function with its code, of which the body is given: `event` is there, and for each client of the SDK
 * `send('sqs', 'SendMessage', input)`.
 */
export function functionOf(stack: Stack, id: string, body: string, props: Partial<FunctionProps> = {}): LambdaFunction {
  return new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    timeout: Duration.seconds(20),
    code: Code.fromInline(`
      const clients = {};
      async function send(service, operation, input) {
        const sdk = require('@aws-sdk/client-' + service);
        clients[service] ??= new (Object.entries(sdk).find(([name]) => name.endsWith('Client') && name !== '__Client')[1])();
        return clients[service].send(new sdk[operation + 'Command'](input));
      }
      exports.handler = async (event) => { ${body} };`),
    ...props,
  });
}

/** A table of items by their `id`. */
export function tableOf(stack: Stack, id: string, props: Partial<TableProps> = {}): Table {
  return new Table(stack, id, {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    removalPolicy: RemovalPolicy.DESTROY,
    ...props,
  });
}
