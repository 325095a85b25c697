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

/** Commands that ask the app for what they then select stacks of, and leave no assembly behind that is wanted whole. */
const selective = new Set(['deploy', 'diff', 'watch', 'destroy', 'rollback', 'drift']);

/** What a command line of the CDK CLI says, as far as it matters before it is run. */
export interface CdkArguments {
  readonly command: string | undefined;
  /** Stacks, or for `bootstrap` environments. */
  readonly selectors: readonly string[];
  readonly profile: string | undefined;
  /** The options of `--app`, which may name a ready assembly. */
  readonly app: readonly string[];
  /** The stages that all selectors name, where each names one: the app need not synthesise the others. */
  readonly stages: readonly string[] | undefined;
  /** Whether CloudFormation is to deploy what is asked for: the CLI does not swap code by itself. */
  readonly isFullDeploy: boolean;
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
    stages: selective.has(command ?? '') && !args.some(saysMore) ? stagesOf(selectors) : undefined,
    isFullDeploy: command === 'deploy' && !args.some(changesNoStack),
    isYes: args.includes('--yes') || args.includes('-y'),
    isLocal: command === undefined || local.has(command) || args.includes('--help') || args.includes('--version'),
  };
}

/** An argument by which the user says what is to be made, and how. */
const saysMore = (argument: string): boolean => /^(-a|--app|--build)(=|$)|^(-c=?|--context=)?stages=/.test(argument);

/** An option with which `cdk deploy` swaps code or only prepares, and leaves the stack as it is. */
const changesNoStack = (argument: string): boolean =>
  /^(--hotswap(-fallback)?(=true)?|--no-execute|--execute=false|(--method=|-m=?)?prepare-change-set|--help)$/.test(
    argument,
  );

/** `Factor05/*` and `Factor12/Prod` name a stage. `**` and a glob for several stages name none. */
function stagesOf(selectors: readonly string[]): readonly string[] | undefined {
  const named = selectors.map((selector) => /^(Factor\d\d)\//.exec(selector)?.[1]);
  const stages = named.filter((stage) => stage !== undefined);
  return stages.length > 0 && stages.length === named.length ? [...new Set(stages)] : undefined;
}
