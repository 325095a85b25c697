import { invalidParameter, invalidValue } from '../errors.ts';

/** What a caller means by a FunctionName, and by the Qualifier beside it. */
export interface FunctionReference {
  readonly name: string;
  /** A version, an alias, or `$LATEST`; undefined where the caller named none. */
  readonly qualifier: string | undefined;
}

const pattern =
  /^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:)?(?:\d{12}:)?(?:function:)?([\w-]{1,140})(?::(\$LATEST|[\w-]+))?$/;

/**
 * Reads a FunctionName: a name, a partial ARN (`123456789012:function:name`) or a whole one, each with or without a
 * qualifier at its end.
 * @throws ValidationException where it is none of these, InvalidParameterValueException where two qualifiers disagree
 */
export function parseFunctionName(functionName: string | undefined, qualifier?: string): FunctionReference {
  const [, name, ownQualifier] = pattern.exec(functionName ?? '') ?? [];
  if (!name) {
    throw invalidValue(
      'functionName',
      functionName,
      `Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  }
  if (ownQualifier && qualifier && ownQualifier !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return { name, qualifier: ownQualifier ?? qualifier };
}
