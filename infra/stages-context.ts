import type { Deploy, StagesProps } from './stages.ts';

const deploys: Readonly<Record<string, Deploy>> = { dev: 'Dev', prod: 'Prod' };

/** A context value that nothing can be made of. Its message says what can be. */
export class InvalidContext extends Error {
  override readonly name = 'InvalidContext';
}

/**
 * What the CDK CLI was told of the stages: `-c deploys=dev,prod` deploys each twice, `-c stages=Factor05,Factor06` leaves
 * out the others, which spares their synthesis.
 *
 * @throws InvalidContext
 */
export function readStagesContext(contextOf: (name: string) => unknown): StagesProps {
  const only = listOf(contextOf('stages'));
  const names = listOf(contextOf('deploys'));
  return { ...(only && { only }), ...(names && { deploys: names.map(deployNamed) }) };
}

function listOf(value: unknown): string[] | undefined {
  return typeof value === 'string' && value !== '' ? value.split(',').map((part) => part.trim()) : undefined;
}

function deployNamed(name: string): Deploy {
  const deploy = deploys[name.toLowerCase()];
  if (!deploy) {
    throw new InvalidContext(`There is no deploy "${name}": -c deploys= takes dev, prod, or both with a comma between`);
  }
  return deploy;
}
