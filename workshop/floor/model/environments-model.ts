import type { Environment, Role } from '../protocol.ts';
import type { LaneResources } from './input.ts';

/** Invocations of which it is remembered which environment served them. */
const mostRequests = 5_000;

type State = Environment['state'];

/** The execution environments of a lane. */
export class EnvironmentsModel {
  readonly #roles: LaneResources['functions'];
  readonly #environments = new Map<string, { -readonly [Key in keyof Environment]: Environment[Key] }>();
  readonly #byRequest = new Map<string, string>();
  #version = '';

  constructor(roles: LaneResources['functions']) {
    this.#roles = roles;
  }

  roleOf(functionName: string): Role | undefined {
    return this.#roles[functionName];
  }

  set(functionName: string, id: string, version: string, state: State): void {
    const role = this.roleOf(functionName);
    if (role === undefined) {
      return;
    }
    const known = this.#environments.get(id);
    if (known) {
      known.state = state;
    } else {
      this.#environments.set(id, { id, role, version, state, served: 0 });
    }
    if (role === 'counter' && (state === 'busy' || this.#version === '')) {
      this.#version = version;
    }
  }

  busy(requestId: string, id: string): void {
    const known = this.#environments.get(id);
    if (known) {
      known.served += 1;
    }
    this.#byRequest.set(requestId, id);
    const [oldest] = this.#byRequest.keys();
    if (this.#byRequest.size > mostRequests && oldest !== undefined) {
      this.#byRequest.delete(oldest);
    }
  }

  /** Returns whether it was one of this lane. */
  end(id: string): boolean {
    return this.#environments.delete(id);
  }

  clear(): string[] {
    const ids = [...this.#environments.keys()];
    this.#environments.clear();
    return ids;
  }

  /** The environment that served an invocation. */
  ofRequest(requestId: string | undefined): string | undefined {
    return requestId === undefined ? undefined : this.#byRequest.get(requestId);
  }

  /** The version of the function that takes orders, which served last. */
  get version(): string {
    return this.#version;
  }

  list(): Environment[] {
    return [...this.#environments.values()].map((environment) => ({ ...environment }));
  }
}
