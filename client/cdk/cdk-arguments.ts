/** Commands of the CDK CLI that only look at the code. All others read or write what is deployed. */
const local = new Set([
  ...[
    'synth',
    'synthesize',
    'list',
    'ls',
    'metadata',
    'context',
    'docs',
    'doc',
    'doctor',
    'init',
    'notices',
    'acknowledge',
  ],
  ...['ack', 'flags', 'validate', 'version', 'completion', 'cli-telemetry'],
]);

/** Options of the CDK CLI that take a value as the next argument. */
const takesValue = new Set([
  ...['-c', '--context', '-a', '--app', '-o', '--output', '-p', '--plugin', '-r', '--role-arn', '--profile', '--build'],
  ...[
    '--parameters',
    '-O',
    '--outputs-file',
    '--require-approval',
    '--method',
    '-m',
    '--concurrency',
    '-n',
    '--tags',
    '-t',
  ],
  ...[
    '--change-set-name',
    '--toolkit-stack-name',
    '--progress',
    '--region',
    '--proxy',
    '--ca-bundle-path',
    '--template',
  ],
  ...['--bootstrap-bucket-name', '-b', '--toolkit-bucket-name', '--qualifier', '--trust', '--trust-for-lookup'],
  ...['--cloudformation-execution-policies', '--log-level', '--unstable', '--import-existing-resources-from'],
]);

/** What a command line of the CDK CLI says, as far as it matters before it is run. */
export interface CdkArguments {
  readonly command: string | undefined;
  /** Stacks, or for `bootstrap` environments. */
  readonly selectors: readonly string[];
  readonly profile: string | undefined;
  /** The options of `--app`, which may name a ready assembly. */
  readonly app: readonly string[];
  /** Whether the CLI runs without questions, and so are we. */
  readonly isYes: boolean;
  readonly isLocal: boolean;
}

export function readCdkArguments(args: readonly string[]): CdkArguments {
  const positional: string[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i += 1) {
    const argument = args[i] ?? '';
    const [name = '', value] = argument.split(/=(.*)/s, 2);
    if (!argument.startsWith('-')) {
      positional.push(argument);
    } else if (value !== undefined) {
      values.set(name, value);
    } else if (takesValue.has(argument)) {
      i += 1;
      values.set(argument, args[i] ?? '');
    }
  }
  const [command, ...selectors] = positional;
  const app = values.get('--app') ?? values.get('-a');
  return {
    ...{ command, selectors, profile: values.get('--profile') },
    app: app === undefined ? [] : ['--app', app, '--build', ''],
    isYes: args.includes('--yes') || args.includes('-y'),
    isLocal: command === undefined || local.has(command) || args.includes('--help') || args.includes('--version'),
  };
}
