import { endingOf, faultText } from './words.js';

/**
 * @import { ActivityEvent, MessageCounts, ResourceActivity, ResourceState, Snapshot } from '../wire/activity/event.ts'
 */

/** How many of the newest are shown. */
const keptInvocations = 6;
const keptLines = 500;
const keptFaults = 50;

/**
 * What the page shows: what a snapshot said, and what has happened since. Nothing in it grows with time.
 * @typedef {object} FunctionShown
 * @property {string} region
 * @property {string} name
 * @property {Map<string, 'starting' | 'idle' | 'busy'>} environments
 * @property {string} lastEnd
 * @property {number} invocations
 * @property {number} failures
 * @property {{ key: number, coldStart: boolean, durationMs: number, outcome: string }[]} last the newest first
 *
 * @typedef {{ region: string, name: string, counts: MessageCounts, deadLetterQueue: string, returned: number, deadLettered: number }} QueueShown
 * @typedef {{ region: string, name: string, items: number, writes: number, removals: number, lastKey: string }} TableShown
 * @typedef {{ region: string, name: string, schedule: string, enabled: boolean, targets: readonly string[], fired: number, last: number | undefined }} RuleShown
 * @typedef {{ region: string, name: string, status: string, reason: string, resources: Map<string, ResourceState> }} StackShown
 * @typedef {{ key: number, time: number, group: string, text: string }} LineShown
 */

/** @type {MessageCounts} */
const noMessages = { visible: 0, delayed: 0, inFlight: 0 };

export class State {
  /** @type {Set<string>} */
  regions = new Set();
  /** @type {Map<string, FunctionShown>} */
  functions = new Map();
  /** @type {Map<string, QueueShown>} */
  queues = new Map();
  /** @type {Map<string, TableShown>} */
  tables = new Map();
  /** @type {Map<string, RuleShown>} */
  rules = new Map();
  /** @type {Map<string, StackShown>} */
  stacks = new Map();
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
  begin({ regions }) {
    const before = { functions: this.functions, queues: this.queues, tables: this.tables, rules: this.rules };
    this.functions = new Map();
    this.queues = new Map();
    this.tables = new Map();
    this.rules = new Map();
    this.stacks = new Map();
    this.regions = new Set();
    for (const { name: region, functions, queues, tables, rules, stacks } of regions) {
      this.regions.add(region);
      for (const { name, environments } of functions) {
        const shown = this.#function(region, name, before.functions);
        shown.environments = new Map(environments.map(({ id, state }) => [id, state]));
      }
      for (const { name, counts, deadLetterQueue = '' } of queues) {
        Object.assign(this.#queue(region, name, before.queues), { counts, deadLetterQueue });
      }
      for (const { name, items } of tables) {
        this.#table(region, name, before.tables).items = items;
      }
      for (const { name, bus, enabled, schedule = '', targets } of rules) {
        Object.assign(this.#rule(region, bus, name, before.rules), { enabled, schedule, targets });
      }
      for (const { name, status, reason = '', resources } of stacks) {
        const shown = this.#stack(region, name);
        Object.assign(shown, { status, reason });
        shown.resources = new Map(resources.map((resource) => [resource.logicalId, resource]));
      }
    }
  }

  /**
   * Takes one event in.
   * @param {ActivityEvent} event
   */
  apply(event) {
    const region = event.region ?? '';
    if (region !== '') {
      this.regions.add(region);
    }
    switch (event.type) {
      case 'resource.created':
        this.#created(region, event);
        break;
      case 'resource.deleted':
        this.#deleted(region, event);
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
        this.#queue(region, event.queue).counts = noMessages;
        break;
      case 'item.written':
      case 'item.removed': {
        const shown = this.#table(region, event.table);
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
        Object.assign(this.#rule(region, event.bus, event.rule), { enabled, schedule, targets });
        break;
      }
      case 'rule.fired': {
        const shown = this.#rule(region, event.bus, event.rule);
        shown.targets = event.targets;
        shown.fired++;
        shown.last = event.time;
        break;
      }
      case 'stack.changed':
        if (event.status === 'DELETE_COMPLETE') {
          this.stacks.delete(`${region} ${event.stack}`);
        } else {
          Object.assign(this.#stack(region, event.stack), { status: event.status, reason: event.reason ?? '' });
        }
        break;
      case 'stack.resourceChanged': {
        const { resources } = this.#stack(region, event.stack);
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
    return this.functions.get(`${region} ${name}`)?.environments;
  }

  /** @param {string} region @param {Extract<ActivityEvent, { type: 'environment.ended' }>} event */
  #ended(region, { function: name, environment, reason }) {
    const shown = this.functions.get(`${region} ${name}`);
    if (shown) {
      shown.environments.delete(environment);
      shown.lastEnd = endingOf(reason);
    }
  }

  /** @param {string} region @param {Extract<ActivityEvent, { type: 'invocation.ended' }>} event */
  #invoked(region, { function: name, coldStart, durationMs, outcome }) {
    const shown = this.functions.get(`${region} ${name}`);
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
    const shown = this.#queue(region, event.queue);
    shown.counts = event.counts;
    shown.returned += event.type === 'message.returned' ? 1 : 0;
    if (event.type === 'message.deadLettered') {
      shown.deadLettered++;
      shown.deadLetterQueue = event.deadLetterQueue;
      this.#queue(region, event.deadLetterQueue).counts = event.deadLetterCounts;
    }
  }

  /** @param {string} region @param {ResourceActivity} event */
  #created(region, { kind, name, bus = '' }) {
    switch (kind) {
      case 'function':
        return this.#function(region, name);
      case 'queue':
        return this.#queue(region, name);
      case 'table':
        return this.#table(region, name);
      case 'rule':
        return this.#rule(region, bus, name);
    }
  }

  /** @param {string} region @param {ResourceActivity} event */
  #deleted(region, { kind, name, bus = '' }) {
    if (kind === 'rule') {
      this.rules.delete(`${region} ${bus} ${name}`);
    } else {
      const kinds = { function: this.functions, queue: this.queues, table: this.tables };
      kinds[kind].delete(`${region} ${name}`);
    }
  }

  /** @param {string} region @param {string} name @returns {FunctionShown} */
  #function(region, name, before = this.functions) {
    return entry(this.functions, before, `${region} ${name}`, () => {
      return { region, name, environments: new Map(), lastEnd: '', invocations: 0, failures: 0, last: [] };
    });
  }

  /** @param {string} region @param {string} name @returns {QueueShown} */
  #queue(region, name, before = this.queues) {
    return entry(this.queues, before, `${region} ${name}`, () => {
      return { region, name, counts: noMessages, deadLetterQueue: '', returned: 0, deadLettered: 0 };
    });
  }

  /** @param {string} region @param {string} name @returns {TableShown} */
  #table(region, name, before = this.tables) {
    return entry(this.tables, before, `${region} ${name}`, () => {
      return { region, name, items: 0, writes: 0, removals: 0, lastKey: '' };
    });
  }

  /** @param {string} region @param {string} bus @param {string} name @returns {RuleShown} */
  #rule(region, bus, name, before = this.rules) {
    return entry(this.rules, before, `${region} ${bus} ${name}`, () => {
      return { region, name, schedule: '', enabled: true, targets: [], fired: 0, last: undefined };
    });
  }

  /** @param {string} region @param {string} name @returns {StackShown} */
  #stack(region, name) {
    return entry(this.stacks, this.stacks, `${region} ${name}`, () => {
      return { region, name, status: '', reason: '', resources: new Map() };
    });
  }

  /** @param {LineShown[]} lines @param {number} kept @param {number} time @param {string} group @param {string} text */
  #add(lines, kept, time, group, text) {
    lines.push({ key: this.#made++, time, group, text });
    if (lines.length > kept) {
      lines.shift();
    }
  }
}

/**
 * The entry of a key, or else the one that was there before, or else a new one.
 * @template Shown
 * @param {Map<string, Shown>} entries
 * @param {Map<string, Shown>} before
 * @param {string} key
 * @param {() => Shown} make
 * @returns {Shown}
 */
function entry(entries, before, key, make) {
  const found = entries.get(key) ?? before.get(key) ?? make();
  entries.set(key, found);
  return found;
}
