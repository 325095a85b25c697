import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';

/** Whether loops of a function with what it sends to are stopped. Source: API Reference, "PutFunctionRecursionConfig". */
export const recursionConfigOperations = (functions: Functions) =>
  ({
    PutFunctionRecursionConfig: ({ FunctionName, RecursiveLoop = 'Terminate' }) => {
      functions.get(parseFunctionName(FunctionName)).recursiveLoop = RecursiveLoop;
      return { RecursiveLoop };
    },
    GetFunctionRecursionConfig: ({ FunctionName }) => ({
      RecursiveLoop: functions.get(parseFunctionName(FunctionName)).recursiveLoop,
    }),
  }) satisfies Handlers<typeof lambda>;
