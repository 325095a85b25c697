import type { Stretch } from './load/generator.ts';
import type { Incident } from './measurement.ts';
import type { Side } from './side/side.ts';

/** What is done to a side in the middle of a scenario. */
export type Action = keyof Pick<Side, 'kill' | 'deploy' | 'scaleOut' | 'scaleIn'>;

/** A part of a scenario, by fractions of its duration: from this one on, a multiple of the rate that was asked for. */
interface Turn {
  readonly from: number;
  readonly times: number;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** The first one is from 0, which is also how fast the warm-up goes. */
  readonly turns: readonly [Turn, ...Turn[]];
  readonly actions: readonly { readonly at: number; readonly action: Action; readonly title: string }[];
}

const evenly = [{ from: 0, times: 1 }] as const;

export const scenarios: readonly Scenario[] = [
  { name: 'steady', title: 'Steady load', turns: evenly, actions: [] },
  {
    name: 'burst',
    title: 'A burst: four times the customers for a fifth of the time',
    turns: [
      { from: 0, times: 1 },
      { from: 0.4, times: 4 },
      { from: 0.6, times: 1 },
    ],
    actions: [],
  },
  {
    name: 'kill',
    title: 'A process is killed',
    turns: evenly,
    actions: [{ at: 0.4, action: 'kill', title: 'a process is killed' }],
  },
  {
    name: 'deploy',
    title: 'A deploy in the middle',
    turns: evenly,
    actions: [{ at: 0.2, action: 'deploy', title: 'a deploy begins' }],
  },
  {
    name: 'scale-out',
    title: 'Scale out: twice the customers, one server more',
    turns: [
      { from: 0, times: 1 },
      { from: 0.4, times: 2 },
    ],
    actions: [{ at: 0.4, action: 'scaleOut', title: 'one server is added' }],
  },
  {
    name: 'scale-in',
    title: 'Scale in: half the customers, one server fewer',
    turns: [
      { from: 0, times: 1 },
      { from: 0.4, times: 0.5 },
    ],
    actions: [{ at: 0.4, action: 'scaleIn', title: 'one server is drained and stopped' }],
  },
];

/** Parts of the warm-up, each as long: a side that starts cold is not to be overrun before it is measured. */
const ramp = [0.25, 0.5, 0.75, 1] as const;

/** The rates of a scenario in milliseconds of its measurement, with a warm-up before that begins slowly. */
export function stretchesOf(
  { turns }: Scenario,
  { rate, seconds, warmUp }: { readonly rate: number; readonly seconds: number; readonly warmUp: number },
): Stretch[] {
  const step = (warmUp * 1000) / ramp.length;
  const warming = ramp.map((part, index) => ({
    from: (index - ramp.length) * step,
    to: (index + 1 - ramp.length) * step,
    rate: rate * turns[0].times * part,
  }));
  const measured = turns.map(({ from, times }, index) => ({
    from: from * seconds * 1000,
    to: (turns[index + 1]?.from ?? 1) * seconds * 1000,
    rate: rate * times,
  }));
  return [...(warmUp > 0 ? warming : []), ...measured];
}

/** What happens in a scenario of a duration in seconds, and when. */
export function incidentsOf({ actions }: Scenario, seconds: number): (Incident & { readonly action: Action })[] {
  return actions.map(({ at, action, title }) => ({ at: Math.round(at * seconds * 1000), action, title }));
}
