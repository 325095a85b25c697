/**
 * @import { MessageCounts, ResourceActivity, ResourceState, Snapshot } from '../wire/activity/event.ts'
 */

/**
 * What the page shows of a resource.
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
 */

/** @type {MessageCounts} */
export const noMessages = { visible: 0, delayed: 0, inFlight: 0 };

/** The resources that there are, each by its region and its name. */
export class Resources {
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
        const shown = this.functionNamed(region, name, before.functions);
        shown.environments = new Map(environments.map(({ id, state }) => [id, state]));
      }
      for (const { name, counts, deadLetterQueue = '' } of queues) {
        Object.assign(this.queueNamed(region, name, before.queues), { counts, deadLetterQueue });
      }
      for (const { name, items } of tables) {
        this.tableNamed(region, name, before.tables).items = items;
      }
      for (const { name, bus, enabled, schedule = '', targets } of rules) {
        Object.assign(this.ruleNamed(region, bus, name, before.rules), { enabled, schedule, targets });
      }
      for (const { name, status, reason = '', resources } of stacks) {
        const shown = this.stackNamed(region, name);
        Object.assign(shown, { status, reason });
        shown.resources = new Map(resources.map((resource) => [resource.logicalId, resource]));
      }
    }
  }

  /** @param {string} region @param {ResourceActivity} event */
  created(region, { kind, name, bus = '' }) {
    switch (kind) {
      case 'function':
        return this.functionNamed(region, name);
      case 'queue':
        return this.queueNamed(region, name);
      case 'table':
        return this.tableNamed(region, name);
      case 'rule':
        return this.ruleNamed(region, bus, name);
    }
  }

  /** @param {string} region @param {ResourceActivity} event */
  deleted(region, { kind, name, bus = '' }) {
    if (kind === 'rule') {
      this.rules.delete(`${region} ${bus} ${name}`);
    } else {
      const kinds = { function: this.functions, queue: this.queues, table: this.tables };
      kinds[kind].delete(`${region} ${name}`);
    }
  }

  /** @param {string} region @param {string} name @returns {FunctionShown} */
  functionNamed(region, name, before = this.functions) {
    return entry(this.functions, before, `${region} ${name}`, () => {
      return { region, name, environments: new Map(), lastEnd: '', invocations: 0, failures: 0, last: [] };
    });
  }

  /** @param {string} region @param {string} name @returns {QueueShown} */
  queueNamed(region, name, before = this.queues) {
    return entry(this.queues, before, `${region} ${name}`, () => {
      return { region, name, counts: noMessages, deadLetterQueue: '', returned: 0, deadLettered: 0 };
    });
  }

  /** @param {string} region @param {string} name @returns {TableShown} */
  tableNamed(region, name, before = this.tables) {
    return entry(this.tables, before, `${region} ${name}`, () => {
      return { region, name, items: 0, writes: 0, removals: 0, lastKey: '' };
    });
  }

  /** @param {string} region @param {string} bus @param {string} name @returns {RuleShown} */
  ruleNamed(region, bus, name, before = this.rules) {
    return entry(this.rules, before, `${region} ${bus} ${name}`, () => {
      return { region, name, schedule: '', enabled: true, targets: [], fired: 0, last: undefined };
    });
  }

  /** @param {string} region @param {string} name @returns {StackShown} */
  stackNamed(region, name) {
    return entry(this.stacks, this.stacks, `${region} ${name}`, () => {
      return { region, name, status: '', reason: '', resources: new Map() };
    });
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
