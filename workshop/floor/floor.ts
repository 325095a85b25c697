import type { ActivityEvent, Snapshot } from 'embedded-aws';
import { reasonOf } from '../../terminal/reason.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import { hasFaultPort } from '../proof/proof-endpoint.ts';
import { snapshotNumbered, snapshots } from '../snapshots.ts';
import { type Ground, RefusedBreak } from './breaks/break.ts';
import { Breaker } from './breaks/breaker.ts';
import { Traffic } from './customers/traffic.ts';
import { Deployer, stackOfSnapshot } from './deployer.ts';
import { type Connection, readActivity } from './endpoint/activity-feed.ts';
import { wordsOf } from './endpoint/connection-words.ts';
import type { Lane } from './lanes/lane.ts';
import { ServersLane } from './lanes/servers-lane.ts';
import { StackLane } from './lanes/stack-lane.ts';
import { type BreakRequest, type Frame, mostTraffic, type Scene, type Settings } from './protocol.ts';
import { sceneNamed, shownBeside } from './scenes.ts';

/** A frame is made so often, in milliseconds, if anything happened. */
const frameEveryMs = 50;
const slowTickEveryMs = 500;
/** Orders of each lane that are on their way before a scene breaks anything. */
const sceneBreaksAfter = 12;

/** The number of a snapshot, or the same kitchen as stateful servers. */
export type Shown = number | 'servers';

/** The snapshot whose recipes and oven the stateful servers use. */
const finished = snapshots.length - 1;

export interface FloorOptions {
  readonly endpoint: string;
  /** What is shown, one or two: snapshots by their numbers, or the kitchen as stateful servers. */
  readonly snapshots: readonly Shown[];
  /** New customers a second to begin with. */
  readonly traffic: number;
  readonly onFrame: (frame: Frame) => void;
  /** Whether anybody looks. If not, no customers come: a floor that was forgotten is to cost nothing. */
  readonly isWatched: () => boolean;
}

/** The factory floor: one or two factories at an endpoint, with the same customers and the same breaks. */
export class Floor {
  readonly #options: FloorOptions;
  readonly #stop = new AbortController();
  readonly #traffic: Traffic;
  readonly #deployer: Deployer;
  readonly #run = `floor-${Date.now().toString(36)}`;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #breaker = new Breaker(() => this.#ground());
  #lanes: readonly Lane[] = [];
  #isNew = true;
  #connection: Connection = { is: 'gone' };
  #hasFaults = false;
  #snapshot: Snapshot | undefined;
  #scene: { readonly scene: Scene; isBroken: boolean } | undefined;
  #settings = '';

  constructor(options: FloorOptions) {
    this.#options = options;
    const { endpoint, traffic } = options;
    this.#traffic = new Traffic((index) => this.#arrive(index), 1);
    this.#deployer = new Deployer({
      ...{ endpoint, signal: this.#stop.signal },
      onStep: (step) => this.#say(step),
    });
    this.#show(options.snapshots);
    this.#traffic.perSecond = traffic;
    void readActivity(
      endpoint,
      {
        onSnapshot: (snapshot) => this.#present(snapshot),
        onEvent: (event) => this.#happened(event),
        onConnection: (connection) => void this.#connected(connection),
      },
      this.#stop.signal,
    );
    this.#timers.push(
      setInterval(() => this.#frame(), frameEveryMs),
      setInterval(() => this.#tick(), slowTickEveryMs),
    );
  }

  /** Deploys the snapshots that are shown, where they are not there. */
  async deploy(): Promise<void> {
    const numbers = this.#lanes.map(({ number }) => number ?? finished);
    try {
      await this.#deployer.deploy([...new Set(numbers)]);
    } finally {
      this.#say('');
    }
  }

  /** All there is, for a page that has just come. */
  whole(): Frame {
    return { isWhole: true, lanes: this.#lanes.map((lane) => lane.whole()), settings: this.settings() };
  }

  settings(): Settings {
    return {
      traffic: this.#traffic.perSecond,
      connection: wordsOf(this.#connection, this.#options.endpoint),
      breaks: this.#breaker.states(),
      done: this.#breaker.done,
      scene: this.#scene?.scene.name ?? '',
    };
  }

  /** @throws RefusedBreak with what is to be told */
  async do(request: BreakRequest): Promise<void> {
    switch (request.action) {
      case 'traffic':
        this.#traffic.perSecond = Math.min(mostTraffic, Math.max(0, request.perSecond));
        return;
      case 'kill':
        return await this.#breaker.kill(this.#lanes[request.lane]?.title ?? '', request.environment);
      case 'break':
        return await this.#break(request.name);
      case 'scene':
        return request.name === '' ? await this.#playFreely() : await this.#begin(request.name);
    }
  }

  /** Takes back what lasts, and ends. The factories stay as they are. */
  async close(): Promise<void> {
    this.#traffic.stop();
    for (const timer of this.#timers) {
      clearInterval(timer);
    }
    await this.#breaker.end();
    this.#stop.abort();
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #show(shown: readonly Shown[]): void {
    for (const lane of this.#lanes) {
      void lane.close();
    }
    const { endpoint, isWatched } = this.#options;
    const besides = shownBeside(shown);
    const stackLane = (number: number, at: number) => {
      const snapshot = snapshotNumbered(number);
      const subtitle = besides?.[at] ?? (number === finished ? 'the finished factory' : snapshot.factor);
      return new StackLane({ endpoint, snapshot, subtitle, stack: stackOfSnapshot(number), run: this.#run, isWatched });
    };
    const finishedOutputs = () => this.#lanes.find(({ number }) => number === finished)?.outputs;
    this.#lanes = shown.map((one, at) =>
      one === 'servers' ? new ServersLane({ endpoint, run: this.#run, finished: finishedOutputs }) : stackLane(one, at),
    );
    for (const lane of this.#lanes) {
      if (this.#snapshot) {
        lane.snapshot(this.#snapshot);
      }
    }
    this.#isNew = true;
  }

  #arrive(index: number): void {
    // Nobody goes to a factory that is not there, nor to one of two: both have the same customers.
    if (this.#options.isWatched() && this.#connection.is !== 'gone' && this.#lanes.every(({ isOpen }) => isOpen)) {
      for (const lane of this.#lanes) {
        lane.arrive(index);
      }
    }
  }

  #present(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const lane of this.#lanes) {
      lane.snapshot(snapshot);
    }
  }

  async #connected(connection: Connection): Promise<void> {
    this.#connection = connection;
    this.#hasFaults = connection.is === 'there' && (await hasFaultPort(this.#options.endpoint).catch(() => false));
  }

  #happened(event: ActivityEvent): void {
    for (const lane of this.#lanes) {
      lane.happened(event);
    }
  }

  #tick(): void {
    for (const lane of this.#lanes) {
      lane.tick();
      if (this.#connection.is === 'silent') {
        // It tells nothing, so it is asked.
        lane.poll();
      }
    }
    this.#breakScene();
  }

  #frame(): void {
    const settings = this.settings();
    const text = JSON.stringify(settings);
    const isOther = text !== this.#settings;
    this.#settings = text;
    const isAnother = this.#lanes.map((lane) => lane.takeIsAnother()).includes(true);
    if (this.#isNew || isAnother) {
      this.#isNew = false;
      this.#options.onFrame(this.whole());
      return;
    }
    const lanes = this.#lanes.map((lane) => lane.changes());
    if (isOther || lanes.some((lane) => Object.keys(lane).length > 0)) {
      this.#options.onFrame({ isWhole: false, lanes, ...(isOther && { settings }) });
    }
  }

  #ground(): Ground {
    const lanes = this.#lanes.filter(({ isOpen }) => isOpen);
    const stacks = lanes.flatMap(({ stack }) => stack ?? []);
    return {
      ...{ endpoint: this.#options.endpoint, lanes, faults: faultsAt(this.#options.endpoint) },
      hasFaults: this.#hasFaults,
      burst: (count) => this.#traffic.burst(count),
      deploy: () => this.#deployAgain(lanes),
      rollBack: () => this.#deployer.rollBack(stacks),
      canRollBack: this.#deployer.canRollBack(stacks),
    };
  }

  #say(doing: string): void {
    for (const lane of this.#lanes) {
      lane.say(doing);
    }
  }

  async #deployAgain(lanes: readonly Lane[]): Promise<void> {
    await Promise.all([
      this.#deployer.deployAnother(lanes.flatMap(({ number }) => number ?? [])),
      ...lanes.map((lane) => lane.deployAgain?.()),
    ]);
  }

  async #break(name: string): Promise<void> {
    try {
      await this.#breaker.do(name);
    } finally {
      this.#say('');
    }
  }

  /** The scene is over, and the floor is again as it was opened. */
  async #playFreely(): Promise<void> {
    const { snapshots: shown, traffic } = this.#options;
    await this.#breaker.end();
    this.#scene = undefined;
    this.#traffic.perSecond = traffic;
    if (this.#lanes.map(({ number }) => number ?? 'servers').join() !== shown.join()) {
      this.#show(shown);
    }
  }

  /** Sets traffic and lanes as a scene has them. Its break comes later, when there is something to see. */
  async #begin(name: string): Promise<void> {
    const scene = sceneNamed(name);
    if (!scene) {
      throw new RefusedBreak(`There is no scene ${name}.`);
    }
    await this.#breaker.end();
    const shown = this.#lanes.map(({ number }) => number);
    if (shown.join() !== scene.lanes.join()) {
      this.#show(scene.lanes);
    }
    this.#scene = { scene, isBroken: false };
    this.#traffic.perSecond = scene.traffic;
    this.#breaker.tell(`Scene ${scene.name}: ${scene.title}`, false);
    const isThere = (number: number) =>
      this.#snapshot?.regions.some(({ stacks }) => stacks.some((stack) => stack.name === stackOfSnapshot(number)));
    if (!scene.lanes.every(isThere) && !this.#lanes.every(({ isOpen }) => isOpen)) {
      await this.deploy();
    }
  }

  #breakScene(): void {
    const current = this.#scene;
    const isUnderWay = this.#lanes.every((lane) => lane.summary().figures.acknowledged >= sceneBreaksAfter);
    if (current && !current.isBroken && isUnderWay) {
      current.isBroken = true;
      if (current.scene.breaks) {
        this.#break(current.scene.breaks).catch((error: unknown) => this.#breaker.tell(reasonOf(error), true));
      }
    }
  }
}
