import { randomInt } from 'node:crypto';
import { arn, type Region } from '../../wire/operation.ts';
import { exists, invalidParameter, invalidRequest, notFound } from './errors.ts';
import { Secret } from './secret.ts';

const suffixCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** All secrets of a region. One whose recovery window is over is gone when it is next looked up. */
export class Secrets {
  readonly #region: Region;
  readonly #secrets = new Map<string, Secret>();

  constructor(region: Region) {
    this.#region = region;
  }

  /** @throws InvalidParameterException, ResourceExistsException, InvalidRequestException of a name that is being deleted */
  create(name: string): Secret {
    if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name)) {
      throw invalidParameter(
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      );
    }
    const known = this.find(name);
    if (known?.deletionDate) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (known) {
      throw exists(`The operation failed because the secret ${name} already exists.`);
    }
    return new Secret(name, arn(this.#region, 'secretsmanager', `secret:${name}-${suffix()}`));
  }

  add(secret: Secret): void {
    this.#secrets.set(secret.name, secret);
  }

  remove({ name }: Secret): void {
    this.#secrets.delete(name);
  }

  /** The secret with this name, ARN, or ARN without the hyphen and six characters at its end. */
  find(id: string): Secret | undefined {
    this.#purge();
    const named = this.#secrets.get(id);
    if (named || !id.startsWith('arn:')) {
      return named;
    }
    const all = [...this.#secrets.values()];
    return all.find(({ arn: full }) => full === id) ?? all.find(({ arn: full }) => full.slice(0, -7) === id);
  }

  /** A secret, be it marked for deletion or not. @throws ResourceNotFoundException */
  get(id: string): Secret {
    const found = this.find(id);
    if (!found) {
      throw notFound();
    }
    return found;
  }

  /** A secret that is in use. @throws ResourceNotFoundException, InvalidRequestException of one that is being deleted */
  getUsable(id: string): Secret {
    const found = this.get(id);
    if (!found.deletionDate) {
      return found;
    }
    throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
  }

  list(): Secret[] {
    this.#purge();
    return [...this.#secrets.values()];
  }

  #purge(): void {
    const now = Date.now();
    for (const secret of this.#secrets.values()) {
      if (secret.deletionDate && secret.deletionDate.getTime() <= now) {
        this.remove(secret);
      }
    }
  }
}

/** Tells a secret from a former one of the same name, so that a policy for that one does not hold for this one. */
function suffix(): string {
  return Array.from({ length: 6 }, () => suffixCharacters.charAt(randomInt(suffixCharacters.length))).join('');
}
