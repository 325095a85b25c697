import { element, keyed, setText } from './elements.js';
import { duration, shortGroup, timeOf } from './words.js';

/**
 * @import { FunctionShown, QueueShown, RuleShown, StackShown, TableShown } from './resources.js'
 * @import { LineShown, State } from './state.js'
 */

/** @param {string} id @returns {HTMLElement} */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Draws all of it.
 * @param {State} state
 * @param {string} group whose log lines are shown, or '' for all
 */
export function draw(state, group) {
  const several = state.resources.regions.size > 1;
  /** @param {{ readonly name: string, readonly region: string }} shown */
  const nameOf = ({ name, region }) => (several ? `${name} (${region})` : name);
  rows('functions', state.resources.functions, 5, (cells, shown) => drawFunction(cells, shown, nameOf(shown)));
  rows('queues', state.resources.queues, 5, (cells, shown) => drawQueue(cells, shown, nameOf(shown)));
  rows('tables', state.resources.tables, 5, (cells, shown) => drawTable(cells, shown, nameOf(shown)));
  rows('rules', state.resources.rules, 5, (cells, shown) => drawRule(cells, shown, nameOf(shown)));
  list('stacks', [...state.resources.stacks].sort(byKey), makeStack, (child, shown) =>
    drawStack(child, shown, nameOf(shown)),
  );
  const lines = group === '' ? state.lines : state.lines.filter((line) => line.group === group);
  log('logs', lines, group === '');
  log('faults', state.faults, false);
}

/**
 * The rows of a table, by name.
 * @template {{ readonly name: string }} Shown
 * @param {string} id
 * @param {ReadonlyMap<string, Shown>} items
 * @param {number} columns
 * @param {(cells: HTMLCollection, shown: Shown) => void} drawRow
 */
function rows(id, items, columns, drawRow) {
  const make = () => {
    const cells = Array.from({ length: columns - 1 }, () => element('td'));
    return element('tr', {}, element('th', { scope: 'row' }), ...cells);
  };
  list(id, [...items].sort(byKey), make, (row, shown) => drawRow(row.children, shown));
}

/** @param {[string, unknown]} one @param {[string, unknown]} other */
const byKey = ([one], [other]) => (one < other ? -1 : 1);

/**
 * A list, which says in its section whether it is empty.
 * @template Shown
 * @param {string} id
 * @param {readonly [string | number, Shown][]} items
 * @param {(shown: Shown) => Element} make
 * @param {(child: Element, shown: Shown) => void} [update]
 */
function list(id, items, make, update) {
  const parent = byId(id);
  keyed(parent, items, make, update);
  parent.closest('section')?.classList.toggle('is-empty', items.length === 0);
}

/** @param {HTMLCollection} cells @param {(string | number)[]} texts */
function fill(cells, texts) {
  for (const [i, text] of texts.entries()) {
    const cell = cells[i];
    if (cell) {
      cell.classList.toggle('number', typeof text === 'number');
      setText(cell, text);
    }
  }
}

/** @param {HTMLCollection} cells @param {FunctionShown} shown @param {string} name */
function drawFunction(cells, { environments, invocations, failures, last, lastEnd }, name) {
  const [title, where, all, failed, invoked] = cells;
  if (!title || !where || !all || !failed || !invoked) {
    return;
  }
  fill(/** @type {any} */ ([title]), [name]);
  if (where.childElementCount === 0) {
    where.append(element('span', { class: 'environments' }), element('span', { class: 'note' }));
  }
  const [chips, note] = where.children;
  if (chips && note) {
    keyed(chips, environments, () => element('span'), drawEnvironment);
    setText(note, noteOf(environments, lastEnd));
  }
  fill(/** @type {any} */ ([all, failed]), [invocations, failures]);
  failed.classList.toggle('bad', failures > 0);
  keyed(
    invoked,
    last.map((invocation) => [invocation.key, invocation]),
    makeInvocation,
  );
}

/** @param {Element} chip @param {string} state */
function drawEnvironment(chip, state) {
  chip.className = `environment ${state}`;
  chip.setAttribute('title', state === 'starting' ? 'starting cold' : state);
}

/** How many there are of each state, in words. @param {ReadonlyMap<string, string>} environments @param {string} lastEnd */
function noteOf(environments, lastEnd) {
  const counts = ['starting', 'busy', 'idle'].map((state) => {
    const count = [...environments.values()].filter((one) => one === state).length;
    return count === 0 ? '' : `${count} ${state}`;
  });
  const now = counts.filter(Boolean).join(', ') || 'none';
  return lastEnd === '' ? now : `${now}; the last to end was ${lastEnd}`;
}

/** @param {FunctionShown['last'][number]} invocation */
function makeInvocation({ coldStart, durationMs, outcome }) {
  const words = [outcome === 'success' ? '' : outcome, coldStart ? 'cold' : '', duration(durationMs)];
  const kind = outcome === 'success' ? (coldStart ? 'cold' : 'warm') : 'bad';
  return element('span', { class: `invocation ${kind}` }, words.filter(Boolean).join(' '));
}

/** @param {HTMLCollection} cells @param {QueueShown} shown @param {string} name */
function drawQueue(cells, { counts, returned, deadLettered, deadLetterQueue }, name) {
  fill(cells, [name, counts.visible + counts.delayed, counts.inFlight, returned, deadLettered]);
  cells[4]?.classList.toggle('bad', deadLettered > 0);
  cells[4]?.setAttribute('title', deadLetterQueue === '' ? 'no dead-letter queue' : `to ${deadLetterQueue}`);
}

/** @param {HTMLCollection} cells @param {TableShown} shown @param {string} name */
function drawTable(cells, { items, writes, removals, lastKey }, name) {
  fill(cells, [name, items, writes, removals, lastKey]);
}

/** @param {HTMLCollection} cells @param {RuleShown} shown @param {string} name */
function drawRule(cells, { schedule, enabled, targets, fired, last }, name) {
  const waits = schedule === '' ? 'events' : schedule;
  const reached = targets.map((arn) => arn.slice(arn.lastIndexOf(':') + 1)).join(', ');
  fill(cells, [name, enabled ? waits : `${waits} (disabled)`, reached, fired, last === undefined ? '' : timeOf(last)]);
}

function makeStack() {
  const title = element(
    'summary',
    {},
    element('span'),
    ' ',
    element('span', { class: 'status' }),
    ' ',
    element('span', { class: 'note' }),
  );
  return element('details', {}, title, element('ul'));
}

/** @param {Element} child @param {StackShown} shown @param {string} title */
function drawStack(child, { status, reason, resources }, title) {
  const [name, state, note] = child.firstElementChild?.children ?? [];
  const resourceList = child.lastElementChild;
  if (!name || !state || !note || !resourceList) {
    return;
  }
  setText(name, title);
  drawStatus(state, status);
  const done = [...resources.values()].filter((resource) => isDone(resource.status)).length;
  setText(
    note,
    reason === ''
      ? resources.size === 0
        ? 'no resources'
        : `${done} of ${resources.size} resources are done`
      : reason,
  );
  keyed(resourceList, resources, makeResource, (item, resource) => {
    const [, resourceState, why] = item.children;
    if (resourceState && why) {
      drawStatus(resourceState, resource.status);
      setText(why, resource.reason ?? '');
    }
  });
}

/** @param {StackShown['resources'] extends Map<string, infer Resource> ? Resource : never} resource */
const makeResource = ({ logicalId, resourceType }) =>
  element(
    'li',
    {},
    element('span', {}, `${logicalId} (${resourceType})`),
    ' ',
    element('span', { class: 'status' }),
    ' ',
    element('span', { class: 'note' }),
  );

/** @param {Element} label @param {string} status */
function drawStatus(label, status) {
  setText(label, status);
  label.classList.toggle('bad', /FAILED|ROLLBACK/.test(status));
  label.classList.toggle('under-way', status.endsWith('IN_PROGRESS') && !status.startsWith('REVIEW'));
}

/** @param {string} status */
const isDone = (status) => status.endsWith('_COMPLETE');

/**
 * Lines, of which the last is in sight unless the page was scrolled to another.
 * @param {string} id
 * @param {readonly LineShown[]} lines
 * @param {boolean} named whether each says where it is from
 */
function log(id, lines, named) {
  const parent = byId(id);
  const atEnd = parent.scrollHeight - parent.scrollTop - parent.clientHeight < 30;
  const before = parent.childElementCount;
  const make = (/** @type {LineShown} */ { time, group, text }) =>
    element(
      'li',
      {},
      element('time', { datetime: new Date(time).toISOString() }, timeOf(time)),
      element('span', { class: 'group' }, named ? shortGroup(group) : ''),
      element('span', { class: 'line' }, text),
    );
  list(
    id,
    lines.map((line) => [`${named} ${line.key}`, line]),
    make,
  );
  if (atEnd && (parent.childElementCount !== before || lines.length > 0)) {
    parent.scrollTop = parent.scrollHeight;
  }
}
