import type { RequestHead } from './http.ts';

/**
 * What a request calls, as far as it says so itself: the operation's name, or method and path where the protocol has none.
 * For what no model here knows.
 * @param body as it was sent
 */
export function calledOperation({ headers, method, path, query }: RequestHead, body: Uint8Array): string {
  const target = [headers['x-amz-target']].flat()[0];
  if (target) {
    return target.slice(target.lastIndexOf('.') + 1);
  }
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    return path.slice(path.lastIndexOf('/') + 1);
  }
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return query.get('Action') ?? (form ? actionOf(body) : undefined) ?? `${method} ${path}`;
}

/** `Action` is among the first parameters that a client writes, so the rest of a large form is not looked at. */
function actionOf(body: Uint8Array): string | undefined {
  return new URLSearchParams(Buffer.from(body.subarray(0, 4096)).toString()).get('Action') ?? undefined;
}
