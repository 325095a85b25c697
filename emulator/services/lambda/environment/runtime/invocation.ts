/** Takes a response while a function writes it. */
export interface ResponseSink {
  /** @param version of the function that runs */
  begin(contentType: string, version: string): void;
  /** Resolves when there is room for more. */
  piece(chunk: Uint8Array): Promise<void>;
}

/** One request to run the handler. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: Uint8Array;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** JSON, as the caller sent it. */
  readonly clientContext: string | undefined;
  /** Where the response goes if the function writes it by and by. @default - it is the result's payload, as any other */
  readonly sink?: ResponseSink | undefined;
}

/** One invocation as a runtime is given it. The deadline is set when the environment takes it. */
export interface RuntimeEvent extends Invocation {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

export interface InvocationResult {
  /** JSON: what the handler returned, or the error document. What it wrote by and by is bytes of the type that it says. */
  readonly payload: Uint8Array;
  /** Of a response that was written by and by. */
  readonly contentType?: string | undefined;
  readonly functionError: 'Unhandled' | undefined;
  /** The last 4 KB of what was logged. */
  readonly logTail: Uint8Array;
}

/** The environment ended before it could take an invocation, which may be given to another. */
export class EnvironmentGone extends Error {
  override readonly name = 'EnvironmentGone';
}

/** The handler could not be loaded; there is no such environment. */
export class InitFailed extends Error {
  override readonly name = 'InitFailed';
  /** The answer to the invocation that the environment was started for. */
  readonly answer: (invocation: Invocation) => InvocationResult;

  constructor(answer: (invocation: Invocation) => InvocationResult) {
    super('The initialisation of the function failed.');
    this.answer = answer;
  }
}
