import { structure } from '../schema.ts';
import type { Protocol } from './protocol.ts';
import { query, xml } from './query.ts';

const string = 0;
const error = structure('Error', [
  ['Code', string],
  ['Message', string],
]);
const envelope = structure('Response', [
  ['Errors', structure('Errors', [['Error', error]])],
  ['RequestID', string],
]);

/** The query protocol as EC2 speaks it: its errors have an envelope of their own ("EC2 Query protocol" of Smithy). */
export const ec2Query: Protocol = {
  ...query,
  fail: ({ status, code, message }, model, requestId) =>
    xml(status, model, envelope, { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId }),
};
