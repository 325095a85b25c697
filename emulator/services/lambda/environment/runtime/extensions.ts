import { randomUUID } from 'node:crypto';
import type { RuntimeEvent } from './invocation.ts';

/** An INVOKE event, as an extension is given it ("Lambda Extensions API"). */
export interface ExtensionEvent {
  readonly eventType: 'INVOKE';
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly tracing: { readonly type: 'X-Amzn-Trace-Id'; readonly value: string };
}

/** A call of the Extensions API that is refused, with the type of error that AWS's own server names. */
export class ExtensionRefused extends Error {
  override readonly name = 'ExtensionRefused';
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = `Extension.${errorType}`;
  }
}

interface Extension {
  readonly name: string;
  readonly subscribed: boolean;
  /** It has asked for its next event, and waits for it. */
  deliver: ((event: ExtensionEvent) => void) | undefined;
}

const maxExtensions = 10;

/**
 * The internal extensions of one environment, those that register from within its process: there are no others where there are
 * no layers. An initialisation lasts until each of them has asked for its first event, and an invocation until those
 * that are told of it have asked for the next.
 */
export class Extensions {
  readonly #extensions = new Map<string, Extension>();
  #closed = false;
  #onIdle: (() => void) | undefined;

  /** Whether there is any: only then an environment hears of its end. */
  get registered(): boolean {
    return this.#extensions.size > 0;
  }

  /** Whether all wait for an event. */
  get idle(): boolean {
    return [...this.#extensions.values()].every(({ deliver }) => deliver);
  }

  /** Returns the identifier of the extension. @throws ExtensionRefused */
  register(name: string, events: readonly string[]): string {
    if (!name) {
      throw new ExtensionRefused('InvalidExtensionName', 'Empty extension name');
    }
    for (const event of events) {
      checkEvent(event);
    }
    if (this.#closed) {
      throw new ExtensionRefused('RegistrationClosed', 'Extension registration closed already');
    }
    if ([...this.#extensions.values()].some((known) => known.name === name)) {
      throw new ExtensionRefused('InvalidExtensionState', 'Extension with this name already registered');
    }
    if (this.#extensions.size === maxExtensions) {
      throw new ExtensionRefused('TooManyExtensions', `Extension limit (${maxExtensions}) reached`);
    }
    const id = randomUUID();
    this.#extensions.set(id, { name, subscribed: events.includes('INVOKE'), deliver: undefined });
    return id;
  }

  /** An extension asks for its next event, and is handed it when there is one. @throws ExtensionRefused */
  next(id: string, deliver: (event: ExtensionEvent) => void): void {
    const extension = this.#extensions.get(id);
    if (!extension) {
      throw new ExtensionRefused('UnknownExtensionIdentifier', `Unknown extension ${id}`);
    }
    extension.deliver = deliver;
    if (this.idle) {
      this.#becomeIdle();
    }
  }

  /** Does something when all wait for an event: at once, or when the last of them does. */
  whenIdle(action: () => void): void {
    if (this.idle) {
      action();
    } else {
      this.#onIdle = action;
    }
  }

  /** The initialisation is over: from now on none is registered any more. */
  closeRegistration(): void {
    this.#closed = true;
  }

  /** Tells those of an invocation that want to know. */
  tell({ requestId, invokedFunctionArn, deadline, traceId }: RuntimeEvent): void {
    for (const extension of this.#extensions.values()) {
      if (!extension.subscribed) {
        continue;
      }
      const tracing = { type: 'X-Amzn-Trace-Id', value: traceId } as const;
      extension.deliver?.({ eventType: 'INVOKE', deadlineMs: deadline, requestId, invokedFunctionArn, tracing });
      extension.deliver = undefined;
    }
  }

  #becomeIdle(): void {
    const action = this.#onIdle;
    this.#onIdle = undefined;
    action?.();
  }
}

/** An extension within the runtime's process learns of its end by SIGTERM, and may not ask for the event. */
function checkEvent(event: string): void {
  if (event === 'INVOKE') {
    return;
  }
  const reason = event === 'SHUTDOWN' ? 'ShutdownEventNotSupportedForInternalExtension' : 'InvalidEventType';
  throw new ExtensionRefused('InvalidEventType', `${event}: ${reason}`);
}
