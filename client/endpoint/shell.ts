import type { AwsEnvironment } from './aws-environment.ts';

export const shells = ['bash', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

interface Syntax {
  set(name: string, value: string): string;
  unset(name: string): string;
}

const syntaxOf: Record<Shell, Syntax> = {
  bash: {
    set: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    set: (name, value) => `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
    unset: (name) => `set -e ${name}`,
  },
  powershell: {
    set: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  },
};

/** The commands that put an environment into a shell: first what has to go, then what has to be there. */
export function shellCommands(shell: Shell, { set, unset }: AwsEnvironment): string {
  const syntax = syntaxOf[shell];
  return [
    ...unset.map((name) => syntax.unset(name)),
    ...Object.entries(set).map(([name, value]) => syntax.set(name, value)),
  ].join('\n');
}
