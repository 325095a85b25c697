import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { arn, type Region } from '../../wire/operation.ts';
import { constraintViolated, groupNotFound, invalidParameter } from './errors.ts';
import { LogGroup } from './log-group.ts';

/** All log groups of a region, by name. */
export class LogGroups {
  readonly region: Region;
  readonly #groups = new Map<string, LogGroup>();

  constructor(region: Region) {
    this.region = region;
  }

  /** @throws ResourceAlreadyExistsException, InvalidParameterException */
  create(request: logs.CreateLogGroupRequest): void {
    const { logGroupName: name = '' } = request;
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
      throw constraintViolated(
        'logGroupName',
        name,
        'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
      );
    }
    if (this.#groups.has(name)) {
      const message = 'The specified log group already exists';
      throw new logs.ResourceAlreadyExistsException({ message, $metadata: {} });
    }
    this.#groups.set(name, new LogGroup(arn(this.region, 'logs', `log-group:${name}`), request));
  }

  /** @throws ResourceNotFoundException */
  get(name: string | undefined): LogGroup {
    const found = this.#groups.get(name ?? '');
    if (!found) {
      throw groupNotFound();
    }
    return found;
  }

  /** The group that a request names, or identifies by name or ARN. @throws where it does both or neither */
  identified(request: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }): LogGroup {
    const { logGroupName, logGroupIdentifier } = request;
    if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
      throw invalidParameter('Exactly one of logGroupName or logGroupIdentifier must be specified.');
    }
    return logGroupName === undefined ? this.byArn(logGroupIdentifier ?? '') : this.get(logGroupName);
  }

  /** The group with a name or an ARN, which may end with `:*`. @throws ResourceNotFoundException */
  byArn(identifier: string): LogGroup {
    return this.get(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)(?::\*)?$/.exec(identifier)?.[1] ?? identifier);
  }

  delete({ name }: LogGroup): void {
    this.#groups.delete(name);
  }

  /** All groups in the order of their names. */
  sorted(): LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
