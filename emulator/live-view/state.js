import { noMessages, Resources } from './resources.js';
import { endingOf, faultText } from './words.js';

/**
 * @import { ActivityEvent, Snapshot } from '../wire/activity/event.ts'
 */

/** How many of the newest are shown. */
const keptInvocations = 6;
const keptLines = 500;
const keptFaults = 50;

/**
 * A line of a log, or of what a fault did.
 * @typedef {{ key: number, time: number, group: string, text: string }} LineShown
 */

/** What a snapshot said, and what has happened since. Nothing in it grows with time. */
export class State {
  /** What there is. */
  resources = new Resources();
  /** The oldest first. @type {LineShown[]} */
  lines = [];
  /** The log groups that have said something. @type {Set<string>} */
  groups = new Set();
  /** The oldest first. @type {LineShown[]} */
  faults = [];
  /** Lines and invocations so far, by which each has a key of its own: a retry has the request id of what it tries again. */
  #made = 0;

  /**
   * Begins again with what is there. What was counted and logged stays.
   * @param {Snapshot} snapshot
   */
  begin(snapshot) {
    this.resources.begin(snapshot);
  }

  /**
   * Takes one event in.
   * @param {ActivityEvent} event
   */
  apply(event) {
    const region = event.region ?? '';
    if (region !== '') {
      this.resources.regions.add(region);
    }
    switch (event.type) {
      case 'resource.created':
        this.resources.created(region, event);
        break;
      case 'resource.deleted':
        this.resources.deleted(region, event);
        break;
      case 'environment.started':
        this.#environments(region, event)?.set(event.environment, 'starting');
        break;
      case 'environment.busy':
        this.#environments(region, event)?.set(event.environment, 'busy');
        break;
      case 'environment.idle':
        this.#environments(region, event)?.set(event.environment, 'idle');
        break;
      case 'environment.ended':
        this.#ended(region, event);
        break;
      case 'invocation.ended':
        this.#invoked(region, event);
        break;
      case 'message.sent':
      case 'message.received':
      case 'message.returned':
      case 'message.deadLettered':
      case 'message.deleted':
        this.#message(region, event);
        break;
      case 'queue.purged':
        this.resources.queueNamed(region, event.queue).counts = noMessages;
        break;
      case 'item.written':
      case 'item.removed': {
        const shown = this.resources.tableNamed(region, event.table);
        shown.items = event.items;
        shown.lastKey = Object.values(event.key).join(' / ');
        shown.writes += event.type === 'item.written' ? 1 : 0;
        shown.removals += event.type === 'item.removed' ? 1 : 0;
        break;
      }
      case 'log.line':
        this.groups.add(event.group);
        this.#add(this.lines, keptLines, event.time, event.group, event.message);
        break;
      case 'rule.changed': {
        const { enabled, schedule = '', targets } = event;
        Object.assign(this.resources.ruleNamed(region, event.bus, event.rule), { enabled, schedule, targets });
        break;
      }
      case 'rule.fired': {
        const shown = this.resources.ruleNamed(region, event.bus, event.rule);
        shown.targets = event.targets;
        shown.fired++;
        shown.last = event.time;
        break;
      }
      case 'stack.changed':
        if (event.status === 'DELETE_COMPLETE') {
          this.resources.stacks.delete(`${region} ${event.stack}`);
        } else {
          Object.assign(this.resources.stackNamed(region, event.stack), {
            status: event.status,
            reason: event.reason ?? '',
          });
        }
        break;
      case 'stack.resourceChanged': {
        const { resources } = this.resources.stackNamed(region, event.stack);
        if (event.status === 'DELETE_COMPLETE') {
          resources.delete(event.logicalId);
        } else {
          resources.set(event.logicalId, event);
        }
        break;
      }
      case 'fault.set':
      case 'fault.removed':
      case 'fault.applied':
        this.#add(
          this.faults,
          keptFaults,
          event.time,
          '',
          `${event.type.slice('fault.'.length)}: ${faultText(event.fault)}`,
        );
        break;
    }
  }

  /**
   * Undefined where the function was deleted, which its environments may outlive.
   * @param {string} region
   * @param {{ readonly function: string }} event
   */
  #environments(region, { function: name }) {
    return this.resources.functions.get(`${region} ${name}`)?.environments;
  }

  /** @param {string} region @param {Extract<ActivityEvent, { type: 'environment.ended' }>} event */
  #ended(region, { function: name, environment, reason }) {
    const shown = this.resources.functions.get(`${region} ${name}`);
    if (shown) {
      shown.environments.delete(environment);
      shown.lastEnd = endingOf(reason);
    }
  }

  /** @param {string} region @param {Extract<ActivityEvent, { type: 'invocation.ended' }>} event */
  #invoked(region, { function: name, coldStart, durationMs, outcome }) {
    const shown = this.resources.functions.get(`${region} ${name}`);
    if (!shown) {
      return;
    }
    shown.invocations++;
    shown.failures += outcome === 'success' ? 0 : 1;
    const key = this.#made++;
    shown.last = [{ key, coldStart, durationMs, outcome }, ...shown.last].slice(0, keptInvocations);
  }

  /**
   * @param {string} region
   * @param {Extract<ActivityEvent, { messageId: string, queue: string }>} event
   */
  #message(region, event) {
    const shown = this.resources.queueNamed(region, event.queue);
    shown.counts = event.counts;
    shown.returned += event.type === 'message.returned' ? 1 : 0;
    if (event.type === 'message.deadLettered') {
      shown.deadLettered++;
      shown.deadLetterQueue = event.deadLetterQueue;
      this.resources.queueNamed(region, event.deadLetterQueue).counts = event.deadLetterCounts;
    }
  }

  /** @param {LineShown[]} lines @param {number} kept @param {number} time @param {string} group @param {string} text */
  #add(lines, kept, time, group, text) {
    lines.push({ key: this.#made++, time, group, text });
    if (lines.length > kept) {
      lines.shift();
    }
  }
}
