/** Why an environment ended, in words. @type {Record<string, string>} */
const endings = {
  killed: 'killed',
  timedOut: 'timed out',
  crashed: 'crashed',
  scaledIn: 'scaled in',
  shutDown: 'shut down',
};

/** @param {string} reason */
export const endingOf = (reason) => endings[reason] ?? reason;

/** A fault in a line. @param {object} fault */
export const faultText = (fault) =>
  Object.entries(fault)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (name === 'kind' ? value : `${name} ${value}`))
    .join(', ');

/** @param {number} ms */
export const duration = (ms) =>
  ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/** @param {string} group */
export const shortGroup = (group) => group.replace(/^\/aws\/lambda\//, '');

/** @param {number} time */
export const timeOf = (time) => new Date(time).toLocaleTimeString(undefined, { hour12: false });
