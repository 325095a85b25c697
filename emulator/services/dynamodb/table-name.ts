/** A table may be named by its ARN wherever it is named. */
export function tableNameOf(nameOrArn: string): string {
  if (!nameOrArn.startsWith('arn:')) {
    return nameOrArn;
  }
  return /^arn:[^:]+:dynamodb:[^:]*:\d*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
