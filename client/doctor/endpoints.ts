import { defaultEndpoint } from '../endpoint/aws-environment.ts';
import { checkUrl } from '../endpoint/endpoint.ts';
import { type Recognised, recognise } from '../endpoint/recognise.ts';
import { type Finding, fine, stops } from './finding.ts';
import { holderOf } from './port-holder.ts';

/** Who has the default port, and what answers where `AWS_ENDPOINT_URL` leads. */
export async function examineEndpoints(named: string | undefined): Promise<Finding[]> {
  const port = Number(new URL(defaultEndpoint).port);
  const [onPort, holder] = await Promise.all([recognise(defaultEndpoint), holderOf(port)]);
  return [judgePort(port, onPort, holder, named), await examineNamed(named)];
}

export function judgePort(
  port: number,
  found: Recognised,
  holder: string | undefined,
  named: string | undefined,
): Finding {
  const name = `port ${port}`;
  const by = holder === undefined ? '' : ` (${holder})`;
  if (found.is === 'nothing') {
    return fine(name, 'free');
  }
  if (found.is === 'endpoint') {
    return fine(name, `${found.kind}${by}`);
  }
  const says = `held by what is no endpoint of the workshop${by}`;
  if (named) {
    return fine(name, `${says}; AWS_ENDPOINT_URL leads elsewhere`);
  }
  return stops(name, says, `Stop it, or choose another port: AWS_ENDPOINT_URL=http://127.0.0.1:${port + 1}`);
}

async function examineNamed(named: string | undefined): Promise<Finding> {
  const name = 'AWS_ENDPOINT_URL';
  if (!named) {
    return fine(name, 'not set: npm start and npm run emulator use the default port, proofs one of their own');
  }
  try {
    checkUrl(named);
  } catch (error) {
    return stops(name, `${named} is refused`, error instanceof Error ? error.message : String(error));
  }
  const found = await recognise(new URL(named).origin);
  if (found.is === 'endpoint' || found.is === 'other endpoint') {
    return fine(name, `${named}, ${found.kind}`);
  }
  const says = found.is === 'nothing' ? `nothing answers at ${named}` : `no AWS endpoint at ${named}: ${found.why}`;
  return stops(name, says, 'Start the endpoint, or unset the variable.');
}
