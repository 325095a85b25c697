import type { Requirement } from './experiment.ts';

export const yes: Requirement = { says: 'yes', isMet: (finding) => finding === true };
export const no: Requirement = { says: 'no', isMet: (finding) => finding === false };

export const exactly = (wanted: number | string): Requirement => ({
  says: String(wanted),
  isMet: (finding) => finding === wanted,
  limit: () => (typeof wanted === 'number' ? wanted : undefined),
});

export const atLeast = (least: number): Requirement => ({
  says: `>= ${least}`,
  isMet: (finding) => typeof finding === 'number' && finding >= least,
  limit: () => least,
});

export const atMost = (most: number): Requirement => ({
  says: `<= ${most}`,
  isMet: (finding) => typeof finding === 'number' && finding <= most,
  limit: () => most,
});

/** A number of times less than what the snapshot before showed, which the snapshot before itself never is. */
export const timesLessThanBefore = (times: number): Requirement => ({
  says: `<= before / ${times}`,
  isMet: (finding, before) => typeof finding === 'number' && typeof before === 'number' && finding * times <= before,
  limit: (before) => (typeof before === 'number' ? before / times : undefined),
});
