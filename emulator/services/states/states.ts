import { randomUUID } from 'node:crypto';
import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import * as sfn from '@aws-sdk/client-sfn';
import { BoundedMap } from '../../wire/bounded-map.ts';
import { arn, type Call, type Handlers, internalCall, type Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { type Definition, faultsOf, readDefinition } from './definition.ts';
import { type InvokeTask, run, TaskFailed } from './execution.ts';

const model = serviceModel('states', sfn);
/** Executions that are remembered, the latest. */
const mostExecutions = 10_000;
/** What an execution may be given, in bytes ("Quotas", payload size). */
const inputLimit = 262_144;

/** How functions are invoked. */
export interface StatesDeps {
  readonly lambda: {
    Invoke(
      input: Pick<InvocationRequest, 'FunctionName'> & { readonly Payload: Uint8Array },
      call: Call,
    ): Promise<Omit<InvocationResponse, '$metadata' | 'Payload'> & { readonly Payload?: Uint8Array | undefined }>;
  };
}

interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly creationDate: Date;
  readonly text: string;
  readonly definition: Definition;
}

interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly input: string;
  readonly startDate: Date;
  readonly abort: AbortController;
  status: sfn.ExecutionStatus;
  stopDate: Date | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
}

/**
 * Step Functions, as much as CDK's provider framework takes of it to wait for a resource: standard state machines of tasks that
 * invoke functions, with retriers and catchers. Other states, integrations and JSONata are refused by name.
 */
export function createStates(region: Region, { lambda }: StatesDeps) {
  const machines = new Map<string, StateMachine>();
  const executions = new BoundedMap<Execution>(mostExecutions);
  const running = new Set<Execution>();

  const invoke: InvokeTask = async (FunctionName, input) => {
    const { FunctionError, Payload = Buffer.from('null') } = await lambda
      .Invoke({ FunctionName, Payload: Buffer.from(input) }, internalCall())
      .catch((error: Error) => {
        throw new TaskFailed({ Error: `Lambda.${error.name}`, Cause: error.message });
      });
    const text = Buffer.from(Payload).toString();
    if (FunctionError) {
      const { errorType = 'Error' } = JSON.parse(text) as { errorType?: string };
      throw new TaskFailed({ Error: errorType, Cause: text });
    }
    return text;
  };

  async function execute(execution: Execution): Promise<void> {
    running.add(execution);
    try {
      execution.output = await run(execution.machine.definition, execution.input, invoke, execution.abort.signal);
      execution.status = 'SUCCEEDED';
    } catch (error) {
      const { Error: name, Cause } =
        error instanceof TaskFailed ? error.failure : { Error: 'States.Runtime', Cause: (error as Error).message };
      execution.status = execution.abort.signal.aborted ? 'ABORTED' : 'FAILED';
      execution.error = name;
      execution.cause = Cause;
    }
    execution.stopDate = new Date();
    running.delete(execution);
  }

  const machineOf = (stateMachineArn: string | undefined): StateMachine => {
    const machine = machines.get(stateMachineArn ?? '');
    if (!machine) {
      const message = `State Machine Does Not Exist: '${stateMachineArn}'`;
      throw new sfn.StateMachineDoesNotExist({ message, $metadata: {} });
    }
    return machine;
  };

  const operations = {
    CreateStateMachine: ({ name = '', definition = '', roleArn = '', type, publish }) => {
      if (type === 'EXPRESS') {
        throw invalidDefinition('the type EXPRESS is not served by this endpoint');
      }
      if (publish) {
        throw invalidDefinition('versions are not served by this endpoint');
      }
      const stateMachineArn = arn(region, 'states', `stateMachine:${name}`);
      const machine = {
        ...{ arn: stateMachineArn, name, roleArn, creationDate: new Date(), text: definition },
        definition: checked(definition),
      };
      const present = machines.get(stateMachineArn);
      if (present && (present.text !== definition || present.roleArn !== roleArn)) {
        const message = `State Machine Already Exists: '${stateMachineArn}'`;
        throw new sfn.StateMachineAlreadyExists({ message, $metadata: {} });
      }
      machines.set(stateMachineArn, present ?? machine);
      return { stateMachineArn, creationDate: (present ?? machine).creationDate };
    },
    UpdateStateMachine: ({ stateMachineArn, definition, roleArn }) => {
      const before = machineOf(stateMachineArn);
      const changed = definition === undefined ? {} : { text: definition, definition: checked(definition) };
      machines.set(before.arn, { ...before, ...changed, roleArn: roleArn ?? before.roleArn });
      return { updateDate: new Date() };
    },
    DeleteStateMachine: ({ stateMachineArn = '' }) => {
      machines.delete(stateMachineArn);
      for (const execution of running) {
        if (execution.machine.arn === stateMachineArn) {
          execution.abort.abort();
        }
      }
      return {};
    },
    DescribeStateMachine: ({ stateMachineArn }) => {
      const { arn: found, name, roleArn, creationDate, text } = machineOf(stateMachineArn);
      const described = { stateMachineArn: found, name, roleArn, creationDate, definition: text };
      return { ...described, type: 'STANDARD' as const, status: 'ACTIVE' as const };
    },
    ListStateMachines: () => ({
      stateMachines: [...machines.values()].map(({ arn: stateMachineArn, name, creationDate }) => ({
        ...{ stateMachineArn, name, creationDate },
        type: 'STANDARD' as const,
      })),
    }),
    StartExecution: ({ stateMachineArn, name = randomUUID(), input = '{}' }) => {
      const machine = machineOf(stateMachineArn);
      checkInput(input);
      const executionArn = arn(region, 'states', `execution:${machine.name}:${name}`);
      const present = executions.get(executionArn);
      if (present && (present.status !== 'RUNNING' || present.input !== input)) {
        const message = `Execution Already Exists: '${executionArn}'`;
        throw new sfn.ExecutionAlreadyExists({ message, $metadata: {} });
      }
      if (present) {
        return { executionArn, startDate: present.startDate };
      }
      const execution: Execution = {
        ...{ arn: executionArn, name, machine, input, startDate: new Date(), abort: new AbortController() },
        ...{ status: 'RUNNING', stopDate: undefined, output: undefined, error: undefined, cause: undefined },
      };
      executions.set(executionArn, execution);
      execute(execution);
      return { executionArn, startDate: execution.startDate };
    },
    DescribeExecution: ({ executionArn = '' }) => {
      const execution = executions.get(executionArn);
      if (!execution) {
        const message = `Execution Does Not Exist: '${executionArn}'`;
        throw new sfn.ExecutionDoesNotExist({ message, $metadata: {} });
      }
      const { name, machine, input, startDate, status, stopDate, output, error, cause } = execution;
      return {
        ...{ executionArn, stateMachineArn: machine.arn, name, status, startDate, input },
        ...(stopDate && { stopDate }),
        ...(output !== undefined && { output }),
        ...(error !== undefined && { error, cause }),
      };
    },
  } satisfies Handlers<typeof sfn>;

  return {
    service: service<typeof sfn>(model, operations),
    operations,
    /** Begins nothing new. */
    close: (): void => {
      for (const { abort } of running) {
        abort.abort();
      }
    },
  };
}

function checked(text: string): Definition {
  const faults = faultsOf(text);
  if (faults.length > 0) {
    throw invalidDefinition(faults.join('; '));
  }
  return readDefinition(text);
}

const invalidDefinition = (why: string) =>
  new sfn.InvalidDefinition({ message: `Invalid State Machine Definition: ${why}.`, $metadata: {} });

function checkInput(input: string): void {
  try {
    JSON.parse(input);
    if (Buffer.byteLength(input) <= inputLimit) {
      return;
    }
  } catch {
    // Answered below.
  }
  throw new sfn.InvalidExecutionInput({ message: 'Invalid State Machine Execution Input', $metadata: {} });
}
