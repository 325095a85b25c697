import { busyIn, type MachineLoad } from '../experiment/machine-load.ts';
import type { Comparison, ScenarioRun } from './measurement.ts';

/** Share of the processor time from which on requests wait for the machine, and not for the side. */
const saturatedFrom = 0.9;

/** In what a machine was too busy for times to mean something: with others, or with the scenario itself; nothing where it was not. */
export function saturationOf(machine: MachineLoad): string[] {
  const { cpu } = machine;
  return [
    ...(cpu >= saturatedFrom ? [`${Math.round(100 * cpu)} % of the processor time was in use`] : []),
    ...busyIn(machine),
  ];
}

/** Why the times of a scenario are not judged, a reason for each side that met a machine too busy. */
export function saturationIn({ sides }: Pick<ScenarioRun, 'sides'>): string[] {
  return sides.flatMap(({ side, machine }) => {
    const [why] = machine ? saturationOf(machine) : [];
    return why === undefined ? [] : [`${side}: ${why}`];
  });
}

export const isSaturated = (run: Pick<ScenarioRun, 'sides'>): boolean => saturationIn(run).length > 0;

/** Whether the machine had time for what the bill is made from. */
export const isCalibrationUsable = ({ calibration }: Pick<Comparison, 'calibration'>): boolean =>
  calibration === undefined || busyIn(calibration.machine).length === 0;

/** What a reader has to know before anything else; undefined where the machine had time enough. */
export function saturationBanner(comparison: Comparison): string | undefined {
  const busy = comparison.scenarios.filter(isSaturated);
  const [first] = busy;
  if (!isCalibrationUsable(comparison)) {
    const [why] = busyIn(comparison.calibration?.machine ?? { cores: 0, cpu: 0, steal: 0, lagMs: 0 });
    return `The machine was too busy: ${why} before anything was compared. Costs and times are not judged. Run it again when it is quiet.`;
  }
  if (!first) {
    return undefined;
  }
  const names = busy.map(({ scenario }) => scenario).join(', ');
  return `The machine was too busy in ${names} (${saturationIn(first)[0]}). Times are not judged there; counts are. Try a lower --rate, or a quiet machine.`;
}
