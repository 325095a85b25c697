import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundlePage } from '../server/page-files.ts';
import { Pages } from '../server/pages.ts';
import { Crowd } from './crowd.ts';

/** As the floor does it. */
const frameEveryMs = 50;

export interface CrowdServer {
  readonly url: string;
  readonly crowd: Crowd;
  /** Tells the pages what changed. */
  send(): void;
  close(): Promise<void>;
}

/**
 * Serves the page of the floor, with a crowd in place of a factory.
 * @param most orders on the floor at a time @param perSecond orders that come by themselves
 */
export async function openCrowd(most: number, perSecond: number): Promise<CrowdServer> {
  const files = await bundlePage('');
  const crowd = new Crowd(most);
  crowd.goOn(most);
  const pages = new Pages();
  const server = createServer(({ url = '/' }, response) => {
    const file = files.get(url);
    if (url === '/events') {
      pages.add(response, crowd.whole(), {});
    } else if (file) {
      response.writeHead(200, { 'content-type': file.contentType }).end(file.body);
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    }
  });
  const send = () => pages.send(crowd.changes());
  const timer = setInterval(() => {
    if (perSecond > 0) {
      crowd.goOn((perSecond * frameEveryMs) / 1000);
      send();
    }
  }, frameEveryMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ...{ crowd, send },
    close: async () => {
      clearInterval(timer);
      pages.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
