import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes requests on to an endpoint, and notes when the first to CloudFormation came and when the last was answered. */
export async function startCloudFormationWatch(target: string) {
  const { hostname, port } = new URL(target);
  let first: number | undefined;
  let last = 0;
  const server = createServer((incoming, outgoing) => {
    const isCloudFormation = incoming.headers.authorization?.includes('/cloudformation/') === true;
    if (isCloudFormation) {
      first ??= performance.now();
    }
    const { method, url, headers } = incoming;
    const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('end', () => {
        if (isCloudFormation) {
          last = performance.now();
        }
      });
    });
    onward.once('error', (error) => outgoing.destroy(error));
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clear: () => {
      first = undefined;
    },
    spanMs: () => last - (first ?? last),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
