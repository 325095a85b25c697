import { CallFaults, type KnownFault } from './call-faults.ts';
import {
  CallFaultRequest,
  DeliverTwiceRequest,
  EnvironmentsRequest,
  KillAtWorkRequest,
  KillRequest,
  parseBody,
  parseQuery,
  RefusedFault,
} from './fault-requests.ts';
import type { GatewayOptions, Page } from './gateway.ts';
import type { createLambda, RunningEnvironment } from './services/lambda/lambda.ts';
import type { createSqs } from './services/sqs/sqs.ts';
import type { Activity } from './wire/activity/activity.ts';
import type { WireAnswer, WireRequest } from './wire/http.ts';
import { findService, type Services } from './wire/service.ts';

/** What the fault port breaks in a region. */
export interface BreakableRegion {
  readonly services: Services;
  readonly lambda: Pick<ReturnType<typeof createLambda>, 'operations' | 'environments' | 'killAtWork' | 'toKillAtWork'>;
  readonly sqs: Pick<ReturnType<typeof createSqs>, 'deliverTwice' | 'toDeliverTwice'>;
}

export interface FaultPort {
  readonly page: Page;
  readonly beforeCall: NonNullable<GatewayOptions['beforeCall']>;
}

type Answer = (request: WireRequest, id: string) => Promise<object> | object;

/**
 * The fault port, described in FAULTS.md: kills execution environments, fails or delays calls, delivers messages twice.
 * @param root how the paths of its requests begin
 * @param regions those that are in use
 * @param activity where faults for calls are told of, which mean those of all regions; the others are told of by their services
 */
export function createFaults(root: string, regions: () => readonly BreakableRegion[], activity: Activity): FaultPort {
  const faults = new CallFaults((fault, { functionName }) => {
    if (activity.isRead) {
      const { id, call, fail, delayMs } = fault;
      const applied = { kind: 'calls', id, call, function: functionName, fail, delayMs } as const;
      activity.publish(null, { type: 'fault.applied', fault: applied });
    }
  });
  const tellOf = (type: 'fault.set' | 'fault.removed', { applied, times, ...fault }: KnownFault): void => {
    if (activity.isRead) {
      activity.publish(null, { type, fault: { kind: 'calls', ...fault, times: times - applied } });
    }
  };

  const ownersOf = (name: string): BreakableRegion['lambda'][] => {
    const owners = regions().flatMap(({ lambda }) => (knows(lambda, name) ? [lambda] : []));
    if (owners.length === 0) {
      throw new RefusedFault(404, `There is no function ${name}.`);
    }
    return owners;
  };
  const environmentsOf = (name: string): RunningEnvironment[] =>
    ownersOf(name).flatMap((lambda) => lambda.environments(name));

  const routes: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
    kill: {
      POST: async (request) => {
        const { function: name, environment: only } = parseBody(KillRequest, request);
        const environments = environmentsOf(name).filter(({ id }) => only === undefined || id === only);
        for (const environment of environments) {
          environment.kill();
        }
        await Promise.all(environments.map(({ exited }) => exited));
        return { killed: environments.length };
      },
    },
    'kill-at-work': {
      GET: () => ({ functions: regions().flatMap(({ lambda }) => lambda.toKillAtWork()) }),
      POST: (request) => {
        const { function: name, times } = parseBody(KillAtWorkRequest, request);
        for (const lambda of ownersOf(name)) {
          lambda.killAtWork(name, times);
        }
        return { times };
      },
      DELETE: (_request, name) => {
        const lambdas = regions().map(({ lambda }) => lambda);
        const left = lambdas.flatMap((lambda) => lambda.toKillAtWork()).filter((kill) => kill.function === name);
        if (left.length === 0) {
          throw new RefusedFault(404, `No environment of ${name} is to be killed at work.`);
        }
        for (const lambda of lambdas) {
          lambda.killAtWork(name, 0);
        }
        return { removed: left };
      },
    },
    environments: {
      GET: (request) => {
        const environments = environmentsOf(parseQuery(EnvironmentsRequest, request).function);
        return { environments: environments.map(describe) };
      },
    },
    calls: {
      GET: () => ({ faults: faults.all() }),
      POST: async (request) => {
        const fault = parseBody(CallFaultRequest, request);
        await checkCall(fault.call, regions());
        if (fault.function !== undefined) {
          ownersOf(fault.function);
        }
        const added = faults.add(fault);
        tellOf('fault.set', added);
        return { id: added.id };
      },
      DELETE: (_request, id) => {
        const removed = faults.remove(id);
        if (!removed) {
          throw new RefusedFault(404, `There is no fault ${id}.`);
        }
        tellOf('fault.removed', removed);
        return removed;
      },
    },
    'deliver-twice': {
      GET: () => ({ queues: regions().flatMap(({ sqs }) => sqs.toDeliverTwice()) }),
      POST: (request) => {
        const { queueUrl, times } = parseBody(DeliverTwiceRequest, request);
        const found = regions().map(({ sqs }) => sqs.deliverTwice(queueUrl, times));
        if (found.includes('fifo')) {
          throw new RefusedFault(400, `${queueUrl} is a FIFO queue: it delivers once.`);
        }
        if (!found.includes('standard')) {
          throw new RefusedFault(404, `There is no queue ${queueUrl}.`);
        }
        return { times };
      },
      DELETE: (_request, name) => {
        const sqss = regions().map(({ sqs }) => sqs);
        const left = sqss
          .flatMap((sqs) => sqs.toDeliverTwice())
          .filter(({ queueUrl }) => queueUrl.endsWith(`/${name}`));
        if (left.length === 0) {
          throw new RefusedFault(404, `No message of a queue ${name} is to be delivered twice.`);
        }
        for (const { queueUrl } of left) {
          for (const sqs of sqss) {
            sqs.deliverTwice(queueUrl, 0);
          }
        }
        return { removed: left };
      },
    },
  };

  const answer = async (request: WireRequest): Promise<WireAnswer> => {
    try {
      const [name = '', id = '', ...rest] = request.path.slice(root.length).split('/');
      const methods = rest.length === 0 ? routes[name] : undefined;
      if (!methods) {
        throw new RefusedFault(404, `There is no ${request.path}.`);
      }
      const serve = (request.method === 'DELETE') === (id !== '') ? methods[request.method] : undefined;
      if (!serve) {
        throw new RefusedFault(405, `${request.path} is not there for ${request.method}.`);
      }
      return json(200, await serve(request, id));
    } catch (error) {
      if (!(error instanceof RefusedFault)) {
        throw error;
      }
      return json(error.status, { error: error.message });
    }
  };

  return {
    page: { path: root, answer },
    beforeCall: (operation, call, model) => faults.meet(operation, call, model),
  };
}

function knows(lambda: BreakableRegion['lambda'], name: string): boolean {
  try {
    lambda.operations.GetFunctionConfiguration({ FunctionName: name });
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      return false;
    }
    throw error;
  }
}

/** A fault for a call that does not exist would wait for it forever. */
async function checkCall(call: string, [region]: readonly BreakableRegion[]): Promise<void> {
  // With no region in use nothing was called yet; the services are not there to be asked.
  if (!region) {
    throw new RefusedFault(404, `No service is in use yet, so there is no ${call} to break.`);
  }
  const [service = '', operation = ''] = call.split(':');
  const model = (await findService(region.services, service))?.model;
  if (!model) {
    throw new RefusedFault(404, `There is no service ${service}; there are ${[...region.services.keys()].join(', ')}.`);
  }
  if (!model.operations.has(operation)) {
    throw new RefusedFault(404, `The service ${service} has no operation ${operation}.`);
  }
}

const describe = ({ id, processId, busy, version, temporaryDirectory }: RunningEnvironment) => ({
  id,
  processId,
  busy,
  version: version.version,
  temporaryDirectory,
});

const json = (status: number, body: object): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
