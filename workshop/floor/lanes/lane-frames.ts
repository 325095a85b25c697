import type { LaneModel } from '../model/lane-model.ts';
import type { LaneFrame, LaneSummary, Thing } from '../protocol.ts';

/** What is shown of one lane at a time. More orders are counted, and not drawn. */
const mostThings = 2_000;

/** What pages are told of a lane: all at first, and then what changed. */
export class LaneFrames {
  #shown = new Set<number>();
  #summary = '';

  /** Another factory begins. */
  clear(): void {
    this.#shown = new Set();
  }

  whole(model: LaneModel | undefined, summary: LaneSummary): LaneFrame {
    const things = model?.everything().slice(-mostThings) ?? [];
    for (const { id } of things) {
      this.#shown.add(id);
    }
    return { summary, things };
  }

  changes(model: LaneModel | undefined, summary: LaneSummary): LaneFrame {
    const { things = [], ...rest } = model?.takeChanges() ?? {};
    const shown = things.filter((thing) => this.#isShown(thing));
    const text = JSON.stringify(summary);
    const isOther = text !== this.#summary;
    this.#summary = text;
    return { ...rest, ...(shown.length > 0 && { things: shown }), ...(isOther && { summary }) };
  }

  /** Of more than can be drawn those that came first are shown until they leave. */
  #isShown({ id, place }: Thing): boolean {
    if (place === 'collected' || place === 'refused' || place === 'lost') {
      return this.#shown.delete(id) || place === 'lost';
    }
    if (!this.#shown.has(id) && this.#shown.size >= mostThings) {
      return false;
    }
    this.#shown.add(id);
    return true;
  }
}

/** What a model says of a lane; of one that is not open, nothing. */
export function figuresOf(model: LaneModel | undefined) {
  return {
    version: model?.version ?? '',
    environments: model?.environments() ?? [],
    queue: model?.queue ?? null,
    stored: model?.stored ?? null,
    figures: model?.figures() ?? noFigures,
    outcome: model?.outcome ?? '',
  } satisfies Partial<LaneSummary>;
}

const noFigures: LaneSummary['figures'] = {
  ...{ arrived: 0, acknowledged: 0, refused: 0, collected: 0, lost: 0, bakedTwice: 0, bakedPerSecond: 0 },
  ...{ answerP50: null, answerP95: null, environments: 0, memoryMegabytes: null, costPerThousand: null },
  ...{ satisfied: null, cleanings: null },
};
