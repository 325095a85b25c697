import { checkUrl } from '../../client/endpoint/endpoint.ts';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { recognise } from '../../client/endpoint/recognise.ts';
import { UserError } from '../../terminal/command-line.ts';
import { startEndpointProcess } from './endpoint-process.ts';
import { listeningProcess } from './listening-process.ts';
import { type TreeTimes, treeTimes } from './process-times.ts';

/** An endpoint that is measured. */
export interface EndpointUnderTest {
  /** What a table calls it. */
  readonly name: string;
  readonly url: string;
  /** Whether it was started here: what the commands of the project take is measured beside it. */
  readonly isOwn: boolean;
  /** What the operating system says of its process and of those of its functions; undefined where that cannot be known. */
  times(): Promise<TreeTimes | undefined>;
  /** Calls since its start, by `service:Operation`; undefined where it does not say. */
  calls(): Promise<Readonly<Record<string, number>> | undefined>;
  close(): Promise<void>;
}

/** The embedded AWS, in a process of its own. */
export async function embeddedEndpoint(): Promise<EndpointUnderTest> {
  const { url, close } = await startEndpointProcess();
  return { ...(await endpointAt(url)), isOwn: true, close };
}

/** An endpoint that serves already. @throws UserError where none does */
export async function endpointAt(url: string): Promise<EndpointUnderTest> {
  checkUrl(url);
  const found = await recognise(new URL(url).origin);
  if (!('kind' in found)) {
    throw new UserError(`There is no AWS endpoint at ${url}.`);
  }
  const pid = await listeningProcess(url);
  return {
    name: found.kind.replace(/^the /, ''),
    url,
    isOwn: false,
    times: async () => (pid === undefined ? undefined : await treeTimes(pid)),
    calls: () => callsOf(url),
    close: async () => undefined,
  };
}

async function callsOf(url: string): Promise<Readonly<Record<string, number>> | undefined> {
  const answer = await fetchFrom(new URL('/_emulator/health', url), {}, url);
  if (!answer.ok) {
    return undefined;
  }
  const { calls } = (await answer.json().catch(() => ({}))) as { readonly calls?: Readonly<Record<string, number>> };
  return calls;
}
