import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ResourceNotFoundException,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { liveAlias } from './versions.ts';
import { zipFolder } from './zip-folder.ts';

/** What a function has for a release while its code is none. */
const unreleased = 'unreleased';
const latest = '$LATEST';
const updatedWithinS = 60;
/** An embedded endpoint is done in milliseconds, AWS in seconds. */
const firstLookS = 0.02;

/**
 * Swaps the code of deployed functions without a deploy: what runs is `$LATEST` meanwhile, and that is overwritten each time.
 *
 * The CDK CLI's hotswap publishes a version for each swap. A deploy of the same code then fails, because CloudFormation finds
 * that there is a version of it already (https://github.com/aws/aws-cdk/issues/35540). Here none is published, and in the end
 * what runs is the version that the stack says.
 */
export class CodeSwap {
  readonly #lambda: LambdaClient;
  /** The versions that ran before, by the names of the functions. */
  readonly #before = new Map<string, string>();

  constructor(lambda: LambdaClient) {
    this.#lambda = lambda;
  }

  /** Has a function run what is in a folder, and `$LATEST` has no release. What was deployed since the last time is overwritten too. */
  async put(FunctionName: string, folder: string): Promise<void> {
    await this.#takeReleaseFrom(FunctionName);
    await this.#lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: await zipFolder(folder) }));
    await this.#updated(FunctionName);
    const live = { FunctionName, Name: liveAlias };
    const { FunctionVersion = latest } = await this.#lambda.send(new GetAliasCommand(live));
    if (FunctionVersion !== latest) {
      await this.#lambda.send(new UpdateAliasCommand({ ...live, FunctionVersion: latest }));
      this.#before.set(FunctionName, FunctionVersion);
    }
  }

  /** Whether a function still runs what it was given: a deploy has it run a version, or may have removed it. */
  async isSwapped(FunctionName: string): Promise<boolean> {
    try {
      const live = await this.#lambda.send(new GetAliasCommand({ FunctionName, Name: liveAlias }));
      return live.FunctionVersion === latest;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return false;
      }
      throw error;
    }
  }

  /** Runs again what ran before, where nothing was deployed since. */
  async giveBack(): Promise<void> {
    for (const [FunctionName, FunctionVersion] of this.#before) {
      if (await this.isSwapped(FunctionName)) {
        await this.#lambda.send(new UpdateAliasCommand({ FunctionName, Name: liveAlias, FunctionVersion }));
      }
      this.#before.delete(FunctionName);
    }
  }

  async #takeReleaseFrom(FunctionName: string): Promise<void> {
    const { Environment } = await this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { Variables = {} } = Environment ?? {};
    if (Object.hasOwn(Variables, 'RELEASE') && Variables['RELEASE'] !== unreleased) {
      const changed = { Variables: { ...Variables, RELEASE: unreleased } };
      await this.#lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: changed }));
      await this.#updated(FunctionName);
    }
  }

  /** Lambda refuses an update while another is under way (Lambda Developer Guide, "Lambda function states"). */
  async #updated(FunctionName: string): Promise<void> {
    await waitUntilFunctionUpdatedV2(
      { client: this.#lambda, maxWaitTime: updatedWithinS, minDelay: firstLookS, maxDelay: 1 },
      { FunctionName },
    );
  }
}
