import type { AccessKeys } from '../../../wire/authentication/access-keys.ts';
import { Authentication, claimOf } from '../../../wire/authentication/authentication.ts';
import { headOf } from '../../../wire/http.ts';
import { AwsError, type Caller } from '../../../wire/operation.ts';
import type { ApiRequest } from './api-server.ts';

/** Who signed a request for `execute-api`; undefined where nobody has, or not rightly. What the caller may do is not looked at. */
export function signerOf(accessKeys: AccessKeys, { incoming, body }: ApiRequest): Caller | undefined {
  const head = headOf(incoming);
  try {
    const claim = claimOf(head);
    return claim.scope.service === 'execute-api'
      ? new Authentication(accessKeys).authenticate(claim, head, body).caller
      : undefined;
  } catch (error) {
    if (error instanceof AwsError) {
      return undefined;
    }
    throw error;
  }
}
