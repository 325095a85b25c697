import type { Message } from './item/item.ts';

/** A table may be named by its ARN wherever it is named. */
export function tableNameOf(nameOrArn: string): string {
  if (!nameOrArn.startsWith('arn:')) {
    return nameOrArn;
  }
  return /^arn:[^:]+:dynamodb:[^:]*:\d*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** A request with the names of its tables in the place of their ARNs. */
export function withTableNames({ TableName, RequestItems, ...request }: Message): Message {
  return {
    ...request,
    ...(TableName !== undefined && { TableName: typeof TableName === 'string' ? tableNameOf(TableName) : TableName }),
    ...(RequestItems !== undefined && { RequestItems: renamed(RequestItems, tableNameOf) }),
  };
}

const answeredByTable = ['Responses', 'UnprocessedItems', 'UnprocessedKeys'];

/** The answer to a batch, with its tables named as they were in the request (verified on AWS). */
export function asTheyWereNamed(answer: Message, { RequestItems }: Message): Message {
  const asked = new Map(Object.keys((RequestItems ?? {}) as object).map((name) => [tableNameOf(name), name]));
  return {
    ...answer,
    ...Object.fromEntries(
      answeredByTable
        .filter((name) => answer[name])
        .map((name) => [name, renamed(answer[name], (table) => asked.get(table) ?? table)]),
    ),
  };
}

function renamed(byTable: unknown, nameOf: (table: string) => string): unknown {
  return typeof byTable === 'object' && byTable !== null && !Array.isArray(byTable)
    ? Object.fromEntries(Object.entries(byTable).map(([table, value]) => [nameOf(table), value]))
    : byTable;
}
