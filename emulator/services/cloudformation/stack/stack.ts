import { randomUUID } from 'node:crypto';
import type { ResourceStatus, StackDriftStatus, StackEvent, StackStatus } from '@aws-sdk/client-cloudformation';
import { clipped, type RegionActivity } from '../../../wire/activity/activity.ts';
import { longestText, type ResourceState, type StackState } from '../../../wire/activity/event.ts';
import { arn, type Region } from '../../../wire/operation.ts';
import type { ChangeSet, Deployed, Desired, Journal, ResourceDrift, StackResource } from '../model.ts';
import { StackJob } from './stack-job.ts';

/** Marks which events belong together. */
export interface StackOperation {
  readonly id: string;
  readonly clientRequestToken: string | undefined;
}

const stackType = 'AWS::CloudFormation::Stack';

/** A stack: its resources, what was last deployed to it, and the history of both. */
export class Stack {
  readonly id: string;
  readonly name: string;
  readonly creationTime = new Date();
  readonly resources = new Map<string, StackResource>();
  /** What the last look for drift found, by logical id. A change of the stack makes it void. */
  readonly drifts = new Map<string, ResourceDrift>();
  /** Oldest first. */
  readonly events: StackEvent[] = [];
  readonly changeSets = new Map<string, ChangeSet>();
  readonly job = new StackJob();
  status: StackStatus = 'REVIEW_IN_PROGRESS';
  statusReason: string | undefined;
  lastUpdatedTime: Date | undefined;
  deletionTime: Date | undefined;
  /** What the first deployment tried; shown for a stack that was never completed. */
  attempted: Desired | undefined;
  deployed: Deployed | undefined;
  journal: Journal | undefined;
  disableRollback = false;
  terminationProtection = false;
  /** The operation that is under way or was the last. A rollback is one of its own, after the one that failed. */
  operation: StackOperation = { id: randomUUID(), clientRequestToken: undefined };
  readonly #activity: RegionActivity | undefined;
  #lastTime = 0;

  constructor(region: Region, name: string) {
    this.id = arn(region, 'cloudformation', `stack/${name}/${randomUUID()}`);
    this.name = name;
    this.#activity = region.activity;
  }

  /** What the stack is now, or was meant to become. */
  get desired(): Desired | undefined {
    return this.deployed?.desired ?? this.attempted;
  }

  get isInProgress(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }

  /**
   * The time of the next thing to be told of this stack. Never the same twice, since clients put events in order by
   * their time: what happens within a millisecond is spread over those that follow.
   */
  nextTime(): Date {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    return new Date(this.#lastTime);
  }

  get isDeleted(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }

  /** Unknown, so to speak, is what nobody has looked at. */
  driftOf(logicalId: string): ResourceDrift {
    const never = { status: 'NOT_CHECKED', differences: [], expected: undefined, actual: undefined } as const;
    return this.drifts.get(logicalId) ?? { ...never, at: this.creationTime };
  }

  get drifted(): ResourceDrift[] {
    return [...this.drifts.values()].filter(({ status }) => status === 'MODIFIED' || status === 'DELETED');
  }

  get driftStatus(): StackDriftStatus {
    if (this.drifts.size === 0) {
      return 'NOT_CHECKED';
    }
    if (this.drifted.length > 0) {
      return 'DRIFTED';
    }
    return [...this.drifts.values()].some(({ status }) => status === 'IN_SYNC') ? 'IN_SYNC' : 'UNKNOWN';
  }

  /** Begins an operation: the events that follow belong to it. */
  begin(status: StackStatus, reason: string | undefined, clientRequestToken: string | undefined): void {
    this.operation = { id: randomUUID(), clientRequestToken };
    this.drifts.clear();
    this.setStatus(status, reason);
  }

  setStatus(status: StackStatus, reason?: string): void {
    this.status = status;
    this.statusReason = reason;
    if (status === 'DELETE_COMPLETE') {
      this.deletionTime = new Date();
    }
    this.#addEvent({
      LogicalResourceId: this.name,
      PhysicalResourceId: this.id,
      ResourceType: stackType,
      ResourceStatus: status as ResourceStatus,
      ResourceStatusReason: reason,
    });
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'stack.changed', ...this.#stateNow() });
    }
  }

  /** Puts a resource into a new state, with an event that tells of it. */
  setResource(record: StackResource): void {
    this.resources.set(record.logicalId, record);
    this.tellOf(record);
  }

  /** An event for a resource that is not, or no longer, the one by its logical id. */
  tellOf(record: StackResource): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'stack.resourceChanged', stack: this.name, ...stateOf(record) });
    }
    const { logicalId, definition, shown, resource, status, statusReason } = record;
    this.#addEvent({
      LogicalResourceId: logicalId,
      PhysicalResourceId: resource?.physicalId ?? '',
      ResourceType: definition.Type,
      ResourceStatus: status,
      ResourceStatusReason: statusReason,
      ResourceProperties: JSON.stringify(shown),
    });
  }

  /** What it is now. */
  get state(): StackState {
    const { stack: name, ...now } = this.#stateNow();
    return { name, ...now, resources: [...this.resources.values()].map(stateOf) };
  }

  #stateNow() {
    const reason = this.statusReason && clipped(this.statusReason, longestText);
    return { stack: this.name, status: this.status, ...(reason && { reason }) };
  }

  #addEvent(event: Omit<StackEvent, 'StackId' | 'StackName' | 'EventId' | 'Timestamp' | 'OperationId'>): void {
    this.events.push({
      ...event,
      StackId: this.id,
      StackName: this.name,
      EventId: randomUUID(),
      Timestamp: this.nextTime(),
      OperationId: this.operation.id,
      ...(this.operation.clientRequestToken && { ClientRequestToken: this.operation.clientRequestToken }),
    });
  }
}

function stateOf({ logicalId, definition, resource, status, statusReason }: StackResource): ResourceState {
  return {
    logicalId,
    physicalId: resource?.physicalId ?? '',
    resourceType: definition.Type,
    status,
    ...(statusReason && { reason: clipped(statusReason, longestText) }),
  };
}
